import ZoshKit

/// One token is one organisation: Zoho CRM has no call that lists "my organisations", so these are the stored ones.
struct OrgsList: Command {
    let signature = Signature(
        "orgs list", "List the organisations of the stored connections",
        rows: .exactly(["org_name", "org_id", "dc", "environment", "connection", "current"]), effect: .local)
    let examples = [Example("orgs list", "every organisation you can reach")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let current = shell.session.connection?.name
        let rows = try await shell.connections.all().map { connection in
            [
                "org_name": .string(connection.orgName), "org_id": .string(connection.orgID),
                "dc": .string(connection.dataCentre), "environment": .string(connection.environment.rawValue),
                "connection": .string(connection.name), "current": .bool(connection.name == current),
            ] as Row
        }
        return RowStream(Columns(["org_name", "org_id", "dc", "environment", "connection", "current"]), rows: rows)
    }
}
