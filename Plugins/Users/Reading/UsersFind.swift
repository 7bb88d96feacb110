import ZoshKit

/// Searches the cached directory; Zoho has no user search.
struct UsersFind: Command {
    let signature = Signature(
        "users find", "Find people by any part of name, e-mail or id, in the cached list of users", scopes: [.readUsers]
    ) {
        Argument("text", .string, .oneOrMore, "Parts of a name, an e-mail or an id; all of them must match")
    }

    let examples = [
        Example("users find example.com", "all users with that domain"),
        Example("users find boyle robin", "both, in any order"),
    ]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        if let empty = call.values("text").first(where: { $0.text.trimmedOfUnseen.isEmpty }) {
            throw ZoshError(
                .usage, "the search text is empty", at: empty.span, remedy: "list all users: users list")
        }
        let words = call.values("text").map(\.text)
        // Any age will do: the point is an answer without a call.
        let directory = try await shell.directory.fresh(within: .max)
        let shape = Shape(["full_name", "email", "role", "status", "profile", "id"])
        let rows = directory.people(withParts: words)
            .map { person in
                Row(
                    shape: shape,
                    values: [person.name, person.email, person.role, person.status, person.profile, person.id].map(
                        Value.string))
            }
        var outcome = RowOutcome()
        if rows.isEmpty {
            let count = directory.people.count
            outcome.notes = [
                "No user matches '\(words.joined(separator: " "))' (\(count) user\(count == 1 ? "" : "s") searched)"
            ]
        }
        return RowStream(Columns(shape.names.map { FieldPath($0) }), rows: rows, outcome: outcome)
    }
}

extension DirectorySnapshot {
    /// All users who have each of the texts in name, e-mail or id.
    func people(withParts texts: [String]) -> [Person] {
        let parts = texts.map(Part.init)
        return people.filter { person in
            parts.allSatisfy { $0.isIn(person.name) || $0.isIn(person.email) || $0.isIn(person.id) }
        }
    }

    /// What to do about a text that names no user exactly: `3 users match: users find robin`; one is named.
    func hint(about text: String) -> PlacedRemedy {
        let words = text.split(separator: " ").map(String.init)
        let found = words.isEmpty ? [] : people(withParts: words)
        if found.count == 1 {
            return PlacedRemedy("did you mean \(found[0].name) <\(found[0].email)>?".showingUnseen, line: nil)
        }
        let reason = found.isEmpty ? "" : "\(found.count) \(Resource.users.name) match: "
        return PlacedRemedy(reason, line: FindLine.looking(for: text))
    }
}

/// What is looked for in a hundred thousand names, whatever case and accents: by bytes, since most names are ASCII and
/// need no folding.
private struct Part {
    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.foldedForSearch.utf8) }

    func isIn(_ name: String) -> Bool {
        guard let first = bytes.first else { return true }
        var name = name.utf8.allSatisfy { $0 < 0x80 } ? name.lowercased() : name.foldedForSearch
        return name.withUTF8 { name in
            guard name.count >= bytes.count else { return false }
            return (0...name.count - bytes.count).contains { start in
                name[start] == first && bytes.indices.allSatisfy { name[start + $0] == bytes[$0] }
            }
        }
    }
}
