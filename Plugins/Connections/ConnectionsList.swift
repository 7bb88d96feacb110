import ZoshKit

struct ConnectionsList: Command {
    let signature = Signature(
        "connections list", "List stored connections",
        rows: .exactly([
            "name", "org_name", "dc", "email", "environment", "current", "read_only", "tags", "org_id", "colour",
            "approvals",
        ]), effect: .local)
    let examples = [Example("connections list", "names, organisations, data centres")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let current = shell.session.connection?.name
        let rows = try await shell.connections.all().map { $0.row(isCurrent: $0.name == current) }
        return RowStream(
            Columns(["name", "org_name", "dc", "email", "environment", "current", "read_only", "tags", "org_id"]),
            rows: rows)
    }
}

extension ConnectionSummary {
    func row(isCurrent: Bool) -> Row {
        [
            "name": .string(name), "org_name": .string(orgName), "org_id": .string(orgID), "dc": .string(dataCentre),
            "environment": .string(environment.rawValue), "email": .string(email),
            "tags": .string(tags.joined(separator: ",")),
            "read_only": .bool(readOnly), "current": .bool(isCurrent), "colour": Value(colour?.rawValue),
            "approvals": .integer(Int64(approvals)),
        ]
    }
}
