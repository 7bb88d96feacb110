import ZoshKit

struct OrgsUse: Command {
    let signature = Signature(
        "orgs use", "Switch to the connection of an organisation", facts: [.choosesConnection, .isBesideTheWork],
        effect: .local
    ) {
        Argument("organisation", .organization, "Its name or its id (zgid)")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let wanted: String = try call.require("organisation")
        let all = try await shell.connections.all()
        let found = all.filter { $0.orgID == wanted || $0.orgName.lowercased() == wanted.lowercased() }
        guard let connection = found.first else {
            throw ZoshError(
                .notFound, "no stored connection for organisation '\(wanted)'",
                at: call.span(of: "organisation"),
                remedy: "list them: orgs list")
        }
        guard found.count == 1 else {
            throw ZoshError(
                .usage, "\(found.count) connections reach '\(wanted)': \(found.map(\.name).joined(separator: ", "))",
                at: call.span(of: "organisation"), remedy: "use \(connection.name)")
        }
        try await shell.connections.use(connection.name)
        return .none
    }
}
