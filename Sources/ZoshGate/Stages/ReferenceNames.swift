internal import ZoshKit

/// Names for the ids in changes: a person asked about `role: Manager → 4150868000000411` cannot answer.
enum ReferenceNames {
    /// Adds to every open change the names of the roles, profiles and managers it sets.
    static func fill(_ planned: inout [PlannedChange], from executor: any ChangeExecutor) async {
        var wanted: [Resource: Set<String>] = [:]
        for one in planned where one.settled == nil {
            for reference in one.references { wanted[reference.resource, default: []].insert(reference.id) }
        }
        for (resource, ids) in wanted {
            let names = await executor.names(resource, ids: ids)
            for index in planned.indices where planned[index].settled == nil {
                for reference in planned[index].references where reference.resource == resource {
                    if let name = names[reference.id] { planned[index].names[reference.field] = name }
                }
            }
        }
    }
}

extension PlannedChange {
    struct Reference {
        let field: String
        let id: String
        let resource: Resource
    }

    /// What Zoho will be sent.
    var sent: Row { change?.fields ?? Row() }

    /// The fields that hold the id of something with a name.
    var references: [Reference] {
        guard let change else { return [] }
        return sent.fields.compactMap { name, value in
            // What the table does not know and shows an object with an id refers to people: owners and the like.
            let resource = change.resource.reference(name) ?? (known?[name]?.row?["id"] != nil ? .users : nil)
            let id = value.row?["id"]?.text ?? value.text
            // What a command has looked up it has named.
            guard let resource, foundName(of: name) == nil else { return nil }
            return ZohoID.isID(id) ? Reference(field: name, id: id, resource: resource) : nil
        }
    }

    /// The name a command has found for what a field refers to; nil where the name is only the id it was given.
    private func foundName(of field: String) -> String? {
        guard let row = change?.shown[field]?.row, let name = row.string("name"), name != row["id"]?.text else {
            return nil
        }
        return name
    }

    /// A field's new value as a person reads it.
    func shown(_ name: String, _ value: Value) -> String {
        guard let change else { return ChangeWords.shown(value) }
        if let known = names[name] ?? foundName(of: name) { return ChangeWords.short(known) }
        if change.resource.spelling[name] != nil {
            return ChangeWords.short(change.resource.shown(value.text, in: name))
        }
        guard references.contains(where: { $0.field == name }) else { return ChangeWords.shown(value) }
        // What was written is a name when it is not the id.
        if let written = change.shown[name], written.row == nil, written != value, !written.text.isEmpty {
            return ChangeWords.shown(written)
        }
        if let row = known?[name]?.row, row["id"]?.text == value.text, let name = row.string("name") {
            return ChangeWords.short(name)
        }
        return "the id \(ChangeWords.shown(value))"
    }
}
