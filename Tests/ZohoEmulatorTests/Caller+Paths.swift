import Foundation

/// A file of `Fixtures/`, as bytes.
func fixture(_ name: String) throws -> [UInt8] {
    guard let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures") else {
        throw CocoaError(.fileNoSuchFile)
    }
    return Array(try Data(contentsOf: url))
}

/// A JSON object of a fixture.
func fixtureObject(_ name: String) throws -> JSON {
    let object = try JSONSerialization.jsonObject(with: Data(fixture(name)))
    return object as? JSON ?? [:]
}

/// The text of a JSON object, for request bodies.
func text(_ object: JSON) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys), as: UTF8.self)
}

/// A body with one user.
func body(_ user: JSON) throws -> String { try text(["users": [user]]) }

extension LoggedIn {
    /// Everybody a type lists, over all pages.
    func all(_ type: String) async throws -> [JSON] {
        var found: [JSON] = []
        for page in 1... {
            let reply = try await get("users?type=\(type)&page=\(page)")
            found += reply.users
            guard (reply.json["info"] as? JSON)?["more_records"] as? Bool == true else { break }
        }
        return found
    }

    /// The identifier of the first role or profile with a name.
    func id(of name: String, in plural: String) async throws -> String {
        let records = try await get("settings/\(plural)").json[plural] as? [JSON] ?? []
        return records.first { $0["name"] as? String == name }?["id"] as? String ?? ""
    }

    /// A new user that breaks no rule.
    func newcomer() async throws -> JSON {
        [
            "first_name": "Neo", "last_name": "Newcomer", "email": "neo@newcomers.example",
            "role": try await id(of: "Manager", in: "roles"), "profile": try await id(of: "Standard", in: "profiles"),
        ]
    }
}

extension JSON {
    func text(_ key: String) -> String? { self[key] as? String }
}
