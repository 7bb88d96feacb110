import ZoshKit

struct UsersMe: Command {
    let signature = Signature("users me", "Show yourself, as Zoho's CurrentUser", rows: .users, scopes: [.readUsers])
    let examples = [Example("users me | select full_name, email")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        var columns = Columns.of(.users)
        columns.card = true
        return RowStream(columns, rows: [try await shell.zoho.currentUser()])
    }
}
