import ZoshKit
import ZoshTrust

struct ConnectionsShow: Command {
    let signature = Signature("connections show", "Show one connection and the state of its grant", effect: .local) {
        Argument("connection", .connection, .optional, "Its name; the current one if left out")
    }

    let accounts: any AccountService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let row = try await accounts.status(of: try call["connection"] ?? shell.session.fixedConnection)
        guard row["connected"] == true else {
            let names = row["connections"]?.list?.compactMap(\.string) ?? []
            guard names.isEmpty else {
                throw ZoshError(
                    .usage, "\(names.count) connections are stored and none is chosen: \(names.fewNames)",
                    at: call.span,
                    remedy: "connections show NAME")
            }
            throw ZoshError.notSignedIn.at(call.span)
        }
        return RowStream(Columns(row.names.map { FieldPath($0) }, card: true), rows: [row])
    }
}
