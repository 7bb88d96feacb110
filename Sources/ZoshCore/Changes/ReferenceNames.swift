internal import ZoshKit

/// Names for the ids in changes: a person asked about `role: Manager → 4150868000000411` cannot answer.
enum ReferenceNames {
    /// Gives every open change the names of the roles, profiles and managers it sets.
    static func fill(_ planned: inout [PlannedChange], from writer: any ChangeWriter) async {
        var wanted: [String: Set<String>] = [:]
        for one in planned where one.settled == nil {
            for (field, id) in one.references { wanted[field.lowercased(), default: []].insert(id) }
        }
        guard !wanted.isEmpty else { return }
        let names = await writer.names(of: wanted)
        for index in planned.indices where planned[index].settled == nil {
            for (field, id) in planned[index].references {
                if let name = names[field.lowercased()]?[id] { planned[index].names[field] = name }
            }
        }
    }
}

extension PlannedChange {
    /// What Zoho will be sent.
    var sent: Row {
        switch change.operation {
        case .createUser(let fields), .updateUser(_, let fields): fields
        default: Row()
        }
    }

    /// The fields that hold the id of something with a name.
    var references: [(field: String, id: String)] {
        sent.fields.compactMap { name, value in
            let isReference =
                ["role", "profile", "reporting_to"].contains(name.lowercased()) || known?[name]?.row?["id"] != nil
            let id = value.row?["id"]?.text ?? value.text
            // What a command has looked up it has named.
            if change.after[name]?.row?.string("name") != nil { return nil }
            return isReference && !id.isEmpty && id.utf8.allSatisfy { (48...57).contains($0) } ? (name, id) : nil
        }
    }

    /// A field's new value as a person reads it.
    func shown(_ name: String, _ value: Value) -> String {
        if let known = names[name] ?? change.after[name]?.row?.string("name") { return ChangeWords.short(known) }
        if UserStatus.isStatus(FieldPath(name)) { return ChangeWords.short(UserStatus.canonical(value.text)) }
        guard references.contains(where: { $0.field == name }) else { return ChangeWords.shown(value) }
        // What was written is a name when it is not the id.
        if let written = change.after[name], written != value, !written.text.isEmpty {
            return ChangeWords.shown(written)
        }
        if let row = known?[name]?.row, row["id"]?.text == value.text, let name = row.string("name") {
            return ChangeWords.short(name)
        }
        return "the id \(ChangeWords.shown(value))"
    }
}
