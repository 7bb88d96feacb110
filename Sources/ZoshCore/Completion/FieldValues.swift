internal import ZoshKit

/// What a field can hold, as far as it is documented or known from the directory.
enum FieldValues {
    /// The field that `name=value` sets of the noun whose fields a command sets.
    static func field(_ name: String, setBy signature: Signature) -> (noun: Resource, field: Field)? {
        guard let noun = signature.fields, case .field(let field) = noun.fieldNames.meaning(of: name), field.isWritable
        else { return nil }
        return (noun, field)
    }

    /// Whether that field holds a user.
    static func isPerson(_ name: String, setBy signature: Signature) -> Bool {
        field(name, setBy: signature).map { noun, field in noun.reference(field.name) == .users } ?? false
    }

    /// `Reporting_To`, `reporting-to` and `Reporting To` are one name; a path's dots count as little.
    static func folded(_ name: String) -> String { String(name.lowercased().filter { $0.isLetter || $0.isNumber }) }
}

extension Completer {
    /// Values of a field, by its name as people write it; those of other rows only where any row has them.
    func known(valuesOf field: String, ofUsers: Bool, _ context: CursorContext, ending: String) -> [CompletionCandidate]
    {
        let name = FieldValues.folded(field)
        func offer(_ words: [String], _ kind: CompletionCandidate.Kind) -> [CompletionCandidate] {
            WordRanking.best(words.filter { !context.elements.contains($0) }, for: context.text, by: \.self)
                .map { plain($0, "", kind, context, ending: ending) }
        }
        if name == "connection" { return offer(around.connections.map(\.name), .connection) }
        guard ofUsers else { return [] }
        let directory = around.directory.snapshot
        switch name {
        case "status": return offer(Self.statuses(directory), .value)
        case "role", "rolename": return offer(directory.roles.map(\.name), .role)
        case "profile", "profilename": return offer(directory.profiles.map(\.name), .profile)
        case "email": return people(context, as: .email, ending: ending)
        case "id": return people(context, as: .id, ending: ending)
        case "fullname", "name", "reportingto", "reportingtoname", "manager", "managername", "createdby",
            "createdbyname",
            "modifiedby", "modifiedbyname":
            return people(context, as: .name, ending: ending)
        case "confirm", "isonline", "personalaccount": return offer(["true", "false"], .value)
        case "createdtime", "modifiedtime", "dob": return offer(["today", "yesterday", "7d ago", "30d ago"], .value)
        default: return []
        }
    }

    /// The value that `name=value` gives a field.
    func written(valueOf name: String, _ signature: Signature, _ context: CursorContext) -> [CompletionCandidate] {
        func offer(_ words: [String], _ kind: CompletionCandidate.Kind) -> [CompletionCandidate] {
            WordRanking.best(words, for: context.text, by: \.self).map { plain($0, "", kind, context) }
        }
        guard let (noun, field) = FieldValues.field(name, setBy: signature) else { return [] }
        if let spelling = noun.spelling[field.name] { return offer(spelling.choices, .value) }
        let directory = around.directory.snapshot
        switch noun.reference(field.name) {
        case Resource.users: return people(context, as: .email)
        case Resource.roles: return offer(directory.roles.map(\.name), .role)
        case Resource.profiles: return offer(directory.profiles.map(\.name), .profile)
        default: return []
        }
    }

    /// Documented statuses, and those seen.
    private static func statuses(_ directory: DirectorySnapshot) -> [String] {
        var words = ["active", "disabled", "disabled dormant", "deleted", "closed"]
        var seen = Set(words)
        for person in directory.people where !person.status.isEmpty && seen.insert(person.status).inserted {
            words.append(person.status)
        }
        return words
    }
}
