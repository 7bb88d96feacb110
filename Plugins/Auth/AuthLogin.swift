import ZoshKit

/// Sign in with a Self Client's grant code: no browser on this machine, no redirect, one organisation per code.
struct AuthLogin: Command {
    let signature = Signature("auth login", "Sign in to an organisation and store the connection", effect: .writesLocally) {
        Argument("name", .string, .optional, "What to call the connection; its organisation's name if left out")
        Option("dc", .dataCentre, "Data centre of the account: com, eu, in, com.au, jp … or us, au (default ZOHO_DC, else com)")
        Flag("self-client", "With a grant code from the API console's Self Client page (the way this version knows)")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let name: String? = try call["name"]
        let dataCentre: String? = try call["dc"]
        if shell.session.interactive {
            shell.console.note(
                "In Zoho's API console (api-console.zoho.com, or your data centre's), open Self Client, choose Generate Code,\n"
                    + "give it the scopes you want, pick the organisation, and paste the code here within its minutes.")
        }
        let code = call.write.dryRun || shell.session.dryRun ? Secret(copying: "") : try await shell.console.askSecret("Grant code: ")
        let request = SignInRequest(name: name, dataCentre: dataCentre, grantCode: code)
        let change = Change(
            .connection(name: name ?? "(named after its organisation)"), action: "sign in", operation: .signIn(request),
            undo: .command("auth logout"), blast: .harmless)
        return try await shell.changes.apply([change], for: call)
    }
}
