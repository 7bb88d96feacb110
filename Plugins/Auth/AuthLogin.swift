import ZoshKit
import ZoshTrust

/// Sign in: with a browser, a pasted address, a device code, a code from the console, or as the client itself.
struct AuthLogin: Command {
    let signature = Signature(
        "auth login", "Sign in to an organisation and store the connection",
        facts: [.choosesConnection, .isBesideTheWork], effect: .writesLocally
    ) {
        Argument("name", .string, .optional, "What to call the connection; its organisation's name if left out")
        Option("client", .string, "A stored client (auth clients list); else ZOHO_CLIENT_ID, else the only one stored")
        Option(
            "dc", .dataCentre,
            "Data centre to start at: com, eu, in, com.au, jp … or us, au (default ZOHO_DC, else com); Zoho says which "
                + "one the account is in"
        )
        Option(
            "scopes", .string, default: "admin", "What the login may do: read-only, admin, full, or a list of scopes")
        Flag("no-browser", "Print the address; paste the one the browser ends at; implied over ssh without a display")
        Flag("device", "Enter a code in a browser anywhere (client type Non-browser)")
        Flag(
            "self-client",
            "With a grant code from the API console's Self Client page; from standard input without a terminal")
        Flag("client-credentials", "As the client itself, without a person; needs org=")
        Option("org", .string, "The organisation's ZGID, for --client-credentials: the number in the CRM's web address")
    }

    let examples = [Example("auth login acme scopes=read-only --dry-run", "what would happen")]

    let accounts: any AccountService

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let isDry = call.write.dryRun || shell.session.dryRun
        var wish = LoginOptions(name: try call["name"], dataCentre: try call["dc"], client: try call["client"])
        wish.organization = try call["org"]
        wish.isYes = call.write.yes || shell.session.yes
        wish.way = try way(call)
        let scopes: String = try call.require("scopes")
        do { wish.scopes = try ScopePreset.scopes(of: scopes) } catch { throw error.at(call.span(of: "scopes")) }
        if wish.organization != nil, wish.way != .clientCredentials {
            throw ZoshError(
                .usage, "org= is for --client-credentials only", at: call.span(of: "org"),
                remedy: "leave org= out: you choose the organisation on Zoho's page")
        }
        return try await signIn(wish, with: accounts, isDry: isDry, action: "sign in", call, shell)
    }

    private func way(_ call: Call) throws -> LoginWay? {
        let flags: [(String, LoginWay)] = [
            ("no-browser", .paste), ("device", .device), ("self-client", .selfClient),
            ("client-credentials", .clientCredentials),
        ]
        let given = flags.filter { call.flag($0.0) }
        guard given.count <= 1 else {
            throw ZoshError(
                .usage, "use either --\(given[0].0) or --\(given[1].0)", at: call.span(of: given[1].0),
                remedy: "leave one of them out")
        }
        return given.first?.1
    }
}

/// Gets a consent and hands the redeeming of it to the gate.
func signIn(
    _ wish: LoginOptions, with accounts: any AccountService, isDry: Bool, action: String, _ call: Call,
    _ shell: ShellContext
) async throws -> RowStream {
    // A dry run asks for no consent: it must not use up a code.
    let request =
        isDry
        ? SignInRequest(wish, way: wish.way ?? .browser, client: nil, dataCentre: nil, proof: .client(organization: ""))
        : try await accounts.authorize(wish)
    let change = LocalChange(
        .connection(name: wish.name ?? "(named after its organisation)"), action: action, operation: .signIn(request),
        blast: .harmless)
    return try await withSummary(shell.changes.apply([change], for: call), isDry: isDry, shell)
}

/// What a login came to, as one sentence and the next step for a person; the rows stay for programs.
private func withSummary(_ stream: RowStream, isDry: Bool, _ shell: ShellContext) async throws -> RowStream {
    guard shell.session.interactive, !isDry else { return stream }
    let rows = try await stream.collect()
    var outcome = await stream.outcome()
    var columns = stream.columns
    if rows.count == 1, outcome.failed == 0, let message = rows[0].string("message") {
        columns.isReportedInNotes = true
        outcome.notes.append("Signed in as \(message); next: users list")
    }
    return RowStream(columns, rows: rows, outcome: outcome)
}
