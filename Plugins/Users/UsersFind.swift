import ZoshKit

/// Searches the kept directory; Zoho has no user search.
struct UsersFind: Command {
    let signature = Signature("users find", "Find people by any part of name, e-mail or id, in the kept directory", scopes: [.readUsers]) {
        Argument("text", .string, "Part of a name, an e-mail or an id")
    }

    let examples = [Example("users find example.com", "everybody with that domain")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let text: String = try call.require("text")
        let wanted = Part(text)
        // Any age will do: the point is an answer without a call.
        let directory = try await shell.directory.fresh(within: .max)
        let shape = Shape(["full_name", "email", "role", "status", "profile", "id"])
        let rows = directory.people
            .filter { wanted.isIn($0.name) || wanted.isIn($0.email) || wanted.isIn($0.id) }
            .map { person in
                Row(shape: shape, values: [person.name, person.email, person.role, person.status, person.profile, person.id].map(Value.string))
            }
        return RowStream(Columns(shape.names.map { FieldPath($0) }), rows: rows)
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
