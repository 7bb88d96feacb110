internal import ZoshKit
public import ZoshTrust

/// Leads a person to a consent: by browser, by pasted address, by device code, by a code from the console.
///
/// Nothing is stored here, and nothing secret leaves before the data centre is known to be Zoho's.
public struct LoginFlow: Sendable {
    /// How long a browser is waited for. Most mistakes are shown in the browser and never come back.
    static let browserWait: Int64 = 300

    let clients: any LoginClientSource
    /// Where the grants are kept.
    public var store: any GrantStore
    public let table: DataCentreTable
    public let clock: any ClientClock
    let transport: HTTPTransport
    let oauth: OAuthClient
    /// Waits out a throttle, or a new token that Zoho does not accept yet.
    let patience: RetryPatience
    let console: any SecretPrompt
    public let defaults: LoginDefaults
    let surroundings: LoginSurroundings

    public init(
        clients: any LoginClientSource, store: any GrantStore, table: DataCentreTable, transport: HTTPTransport,
        console: any SecretPrompt, clock: any ClientClock, patience: RetryPatience, defaults: LoginDefaults,
        surroundings: LoginSurroundings
    ) {
        self.clients = clients
        self.store = store
        self.table = table
        self.transport = transport
        oauth = OAuthClient(transport: transport, table: table, clock: clock)
        self.patience = patience
        self.console = console
        self.clock = clock
        self.defaults = defaults
        self.surroundings = surroundings
    }

    private var machine: BrowserEnvironment { surroundings.machine }

    /// Leads the person to a consent.
    /// - Returns: what is to be redeemed and stored.
    /// - Throws: `ZoshError` for a wish that cannot be had, and for what the person or Zoho refuses.
    public func authorize(_ wish: LoginOptions) async throws -> SignInRequest {
        // A name that cannot be used must not cost a question, let alone a code.
        if wish.extending == nil, let name = wish.name, let mistake = ConnectionNaming.mistake(in: name) {
            throw mistake
        }
        _ = try table.dataCentre(named: wish.dataCentre)
        let choice = try await clients.choice(for: wish)
        let client = choice.client
        let name = wish.dataCentre ?? table.own?.code ?? choice.dataCentre ?? defaults.dataCentre
        let centre = try table.dataCentre(named: name)
        let way = way(for: wish, client)
        try await checkGrantLimit(client, wish, way)
        // A grant code lives a minute or two and works once: a process that cannot store the login must not spend it.
        try await clients.prepare()
        if !choice.isTyped, wish.extending == nil, wish.client == nil,
            let said = defaults.announcement
        {
            console.note(said)
        }
        var wish = wish
        wish.dataCentre = centre.code
        func ready(_ proof: LoginProof, at home: DataCentre) -> SignInRequest {
            SignInRequest(wish, way: way, client: client, dataCentre: home.code, proof: proof)
        }
        switch way {
        case .selfClient:
            return ready(.code(try await consoleCode(wish, centre), redirectURI: nil, verifier: nil), at: centre)
        case .clientCredentials:
            guard let organization = wish.organization else {
                throw ZoshError(
                    .usage, "client credentials need an organisation",
                    remedy: "add org=ZGID, the number in the CRM's web address")
            }
            return ready(.client(organization: organization), at: centre)
        case .device:
            let outcome = try await device(client, wish, centre)
            return ready(.tokens(outcome.tokens), at: outcome.home)
        case .browser, .paste:
            try await checkConfirmation(wish)
            let redirect = try RedirectURI(defaults.redirectURI ?? RedirectURI.standard)
            let request = ConsentRequest(
                clientID: client.id, redirect: redirect, scopes: wish.scopes, at: centre,
                proves: client.kind.asksForProof)
            let answer = try await way == .browser ? browser(request) : paste(request)
            let code = try answer.grantCode()
            let home = try table.home(of: answer, asked: centre)
            if home.accounts != centre.accounts { console.note(Self.movedNote(to: home)) }
            return ready(.code(code, redirectURI: redirect.text, verifier: request.verifier), at: home)
        }
    }

    private func way(for wish: LoginOptions, _ client: LoginClient) -> LoginWay {
        let way = wish.way ?? client.kind.usualWay
        // The browser is where the person is, and a page on this machine cannot be reached from there.
        return way == .browser && machine.isRemote && !machine.hasDisplay ? .paste : way
    }

    private func checkConfirmation(_ wish: LoginOptions) async throws {
        guard await !surroundings.isInteractive(), !wish.isYes else { return }
        throw ZoshError(
            .usage, "a browser login needs confirmation before it is stored, but this is not an interactive session",
            remedy: "run it at a terminal, or add --yes")
    }

    /// Zoho keeps twenty grants per person and client, and revokes the oldest without notice.
    private func checkGrantLimit(_ client: LoginClient, _ wish: LoginOptions, _ way: LoginWay) async throws {
        guard way != .clientCredentials else { return }
        let live = TokenBudget.live(try await store.grants(), client: client.id)
        // The new grant comes before the one it replaces is revoked, so that a renewal is the twenty-first too. What is
        // beyond twenty here Zoho has ended already.
        guard live.count >= TokenBudget.liveGrants, let oldest = live.suffix(TokenBudget.liveGrants).first,
            oldest.name != wish.extending ?? wish.name
        else { return }
        let problem =
            "\(oldest.email) has \(live.count) live grants of this client; one more may make Zoho revoke the oldest, "
            + "'\(oldest.name)' (\(oldest.orgName))"
        guard !wish.isYes else { return console.note("Note: \(problem)") }
        guard await surroundings.isInteractive() else {
            throw ZoshError(.usage, problem, remedy: "auth logout NAME, or add --yes")
        }
        let question = Confirmation(question: "Sign in anyway?", details: [problem])
        guard try await console.confirm(question) else { throw ZoshError(.declined, "Nothing changed") }
    }

    private func consoleCode(_ wish: LoginOptions, _ centre: DataCentre) async throws -> Secret {
        if await surroundings.isInteractive() {
            console.note(
                "In \(centre.console ?? "Zoho's API console"), open Self Client, choose Generate Code, give it the "
                    + "scopes\n"
                    + "  \(wish.scopes.map(\.name).joined(separator: ","))\n"
                    + "pick the organisation, and paste the code here before it expires.")
        }
        // A web page's text is often copied with the blanks around it.
        let code = try await console.askSecret("Grant code: ").withoutBlanksAround
        // `code=…`, quotes, or a file in UTF-16 would be sent, refused, and blamed on the code.
        let isCode = code.withString { text in
            text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [45, 46, 95].contains(byte)
            }
        }
        guard isCode else {
            throw ZoshError(
                .usage, "a grant code contains only letters, digits and dots",
                remedy: "paste the code alone, as the console shows it: 1000.…")
        }
        return code
    }

    static func movedNote(to home: DataCentre) -> String {
        "This account is in the \(home.code.uppercased()) data centre; continuing there."
    }

    /// Both data centres in one sentence when an earlier step named the second.
    static func explained(_ error: ZoshError, asked: String?, home: DataCentre) -> ZoshError {
        guard error.code == "invalid_client", let asked, asked != home.code else { return error }
        var explained = error
        explained.problem =
            "this account is in the \(home.code.uppercased()) data centre, which does not know this client"
        explained.remedy =
            "in the API console switch the client on for \(home.code) (Settings, Multi-DC), or make one at "
            + "\(home.console ?? home.code)"
        return explained
    }
}
