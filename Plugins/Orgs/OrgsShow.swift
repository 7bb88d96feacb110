import ZoshKit

struct OrgsShow: Command {
    let signature = Signature("orgs show", "Show the current organisation", scopes: ["ZohoCRM.org.READ"])
    let examples = [Example("orgs show | select company_name, zgid, license_details.users_license_purchased")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        var columns = Columns.of(.org)
        columns.card = true
        return RowStream(columns, rows: [try await shell.zoho.organization()])
    }
}
