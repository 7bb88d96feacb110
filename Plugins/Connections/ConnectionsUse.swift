import ZoshKit

struct ConnectionsUse: Command {
    let signature = Signature(
        "connections use", "Switch to another connection", facts: [.choosesConnection, .isBesideTheWork],
        effect: .local, aliases: ["use"]
    ) {
        Argument("connection", .connection, "Its name")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        try await shell.connections.use(try call.require("connection"))
        return .none
    }
}
