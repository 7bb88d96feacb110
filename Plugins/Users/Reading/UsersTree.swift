import ZoshKit

/// The role tree with the people in it.
struct UsersTree: Command {
    let signature = Signature(
        "users tree", "Show the role tree and who is where", facts: [.isPaged],
        scopes: [.readUsers, "ZohoCRM.settings.roles.READ"]
    ) {
        Option("type", .choice(UserType.self), default: "ActiveUsers", "Which users")
    }

    let examples = [Example("users tree", "roles, people below them")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let roles = try await shell.zoho.list(.roles).collect()
        let users = try await shell.zoho.list(.users, .users(try call.require("type"))).collect()
        let people = Dictionary(grouping: users) { $0["role.id"].text }
        let children = Dictionary(grouping: roles) { $0["reporting_to.id"].text }
        let known = Set(roles.map { $0["id"].text })
        var rows: [Row] = []
        var visited: Set<String> = []

        func walk(_ role: Row, depth: Int) {
            let id = role["id"].text
            // A loop in Zoho's answer must not become one here.
            guard visited.insert(id).inserted else { return }
            let indent = String(repeating: "  ", count: depth)
            let members = people[id] ?? []
            rows.append([
                "tree": .string(indent + role["name"].text), "people": .integer(Int64(members.count)), "email": .null,
                "id": .string(id),
            ])
            for user in members {
                rows.append([
                    "tree": .string(indent + "  - " + user["full_name"].text), "people": .null,
                    "email": user["email"] ?? .null, "id": user["id"] ?? .null,
                ])
            }
            for child in children[id] ?? [] { walk(child, depth: depth + 1) }
        }

        for root in roles where !known.contains(root["reporting_to.id"].text) { walk(root, depth: 0) }
        return RowStream(Columns(["tree", "people", "email", "id"]), rows: rows)
    }
}
