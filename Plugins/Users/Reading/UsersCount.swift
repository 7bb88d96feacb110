import ZoshKit

struct UsersCount: Command {
    let signature = Signature(
        "users count", "Ask Zoho how many users there are", rows: .exactly(["type", "count"]), scopes: [.readUsers]
    ) {
        Option("type", .choice(UserType.self), default: "AllUsers", "Which users")
    }

    let examples = [Example("users count type=ActiveUsers", "one call, no list")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let type: UserType = try call.require("type")
        let count = try await shell.zoho.count(.users, .users(type))
        return RowStream(
            Columns(["type", "count"]), rows: [["type": .string(type.rawValue), "count": .integer(Int64(count))]])
    }
}
