import ZoshKit

struct OrgsShow: Command {
    let signature = Signature("orgs show", "Show the current organisation", scopes: ["ZohoCRM.org.READ"])
    let examples = [Example("orgs show | select company_name, zgid, license_details.users_license_purchased")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        RowStream(
            Columns(["company_name", "zgid", "primary_email", "time_zone", "type", "id"], card: true),
            rows: [try await shell.zoho.organization()])
    }
}
