internal import ZoshKit

/// Whoever or whatever has an id in one organisation, by what they are called in every one.
enum Bearer: Sendable, Hashable {
    case person(email: String)
    case role(String)
    case profile(String)

    var name: String {
        switch self {
        case .person(let name), .role(let name), .profile(let name): name
        }
    }

    /// The line of a script that finds the id of the day.
    func lookup(into variable: String) -> String {
        let command =
            switch self {
            case .person: "users lookup"
            case .role: "roles show"
            case .profile: "profiles show"
            }
        return "let \(variable) = \(command) \(Syntax.quoted(name)) | select id"
    }
}

extension DirectorySnapshot {
    func bearer(of id: String) -> Bearer? {
        if let person = people.first(where: { $0.id == id }) {
            return person.email.isEmpty ? nil : .person(email: person.email)
        }
        if let role = roles.first(where: { $0.id == id }) { return .role(role.name) }
        return profiles.first { $0.id == id }.map { .profile($0.name) }
    }

    /// The id somebody or something of this name has here.
    func id(of bearer: Bearer) -> String? {
        switch bearer {
        case .person(let email): people.first { $0.email.lowercased() == email.lowercased() }?.id
        case .role(let name): roles.first { $0.name.lowercased() == name.lowercased() }?.id
        case .profile(let name): profiles.first { $0.name.lowercased() == name.lowercased() }?.id
        }
    }
}
