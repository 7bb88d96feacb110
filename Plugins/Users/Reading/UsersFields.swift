import ZoshKit

struct UsersFields: Command {
    let signature = Signature(
        "users fields", "List the API names and types of user fields", scopes: ["ZohoCRM.settings.fields.READ"])
    let examples = [Example("users fields | select api_name, data_type", "what users update can set")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream { shell.zoho.list(.fields, .userFields) }
}
