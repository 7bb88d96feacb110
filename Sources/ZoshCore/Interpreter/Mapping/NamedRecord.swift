internal import ZoshKit

/// A person, a role or a profile by the name that is the same in every organisation.
enum NamedRecord: Sendable, Hashable {
    case person(email: String)
    case role(String)
    case profile(String)

    var name: String {
        switch self {
        case .person(let name), .role(let name), .profile(let name): name
        }
    }

    /// What to write instead of the id: `ada@acme.example`, `the role 'Manager'`.
    var portable: String {
        switch self {
        case .person(let email): email
        case .role(let name): "the role \(Syntax.quoted(name, .single))"
        case .profile(let name): "the profile \(Syntax.quoted(name, .single))"
        }
    }

    var resource: Resource {
        switch self {
        case .person: .users
        case .role: .roles
        case .profile: .profiles
        }
    }

    /// The line of a script that finds the id of the day, by a command that looks up such a record.
    func lookup(into variable: String, by command: Signature) -> String {
        "let \(variable) = \(command.name) \(Syntax.quoted(name)) | select id"
    }
}

extension DirectorySnapshot {
    func record(withID id: String) -> NamedRecord? {
        if let person = people.first(where: { $0.id == id }) {
            return person.email.isEmpty ? nil : .person(email: person.email)
        }
        if let role = roles.first(where: { $0.id == id }) { return .role(role.name) }
        return profiles.first { $0.id == id }.map { .profile($0.name) }
    }
}
