import ZoshKit

/// Who there is, counted by status, role and profile.
struct UsersStats: Command {
    let signature = Signature(
        "users stats", "Count users by status, role and profile", facts: [.isPaged], scopes: [.readUsers])
    let examples = [Example("users stats", "the organisation at a glance")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let users = shell.zoho.list(.users, .users())
        let paths: [(label: String, path: FieldPath)] = [
            ("status", "status"), ("role", "role.name"), ("profile", "profile.name"),
        ]
        var tallies = paths.map { _ in [String: Int64]() }
        while let page = try await users.next() {
            for row in page.rows {
                for (index, entry) in paths.enumerated() { tallies[index][row[entry.path].text, default: 0] += 1 }
            }
        }
        let rows: [Row] = zip(paths, tallies).flatMap { entry, tally in
            tally.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { value, count in
                ["by": .string(entry.label), "value": .string(value), "count": .integer(count)] as Row
            }
        }
        return RowStream(Columns(["by", "value", "count"]), rows: rows, outcome: await users.outcome())
    }
}
