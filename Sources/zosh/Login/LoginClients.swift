import ZohoClient
import ZoshCore
import ZoshKit
import ZoshTrust

/// Finds the OAuth client of a login: named, from the environment, the only stored one, else asked for.
///
/// Never from the command line, which every user of the machine can read.
struct LoginClients: LoginClientSource {
    let clients: SealedClients
    let registeredConnections: ConnectionRegistry
    let settings: Settings
    let session: Session
    let console: any SecretPrompt

    func prepare() async throws { try await clients.prepare() }

    func choice(for wish: LoginOptions) async throws -> ChosenClient {
        if let name = wish.extending {
            let grant = try await registeredConnections.grant(named: name)
            let kind = ClientKind.allCases.first { $0.usualWay == grant.way } ?? .server
            return ChosenClient(
                client: LoginClient(
                    id: grant.clientID, secret: grant.clientSecret, kind: kind, source: grant.clientSource),
                dataCentre: grant.dataCentreCode)
        }
        if let name = wish.client { return Self.chosen(try await clients.client(named: name)) }
        if let id = settings.clientID { return try await ChosenClient(client: client(id, wish), dataCentre: nil) }
        let stored = try await clients.all()
        if stored.count == 1 { return Self.chosen(stored[0]) }
        guard stored.isEmpty else {
            throw ZoshError(
                .usage, "\(stored.count) clients are stored and none is chosen: \(stored.map(\.name).fewNames)",
                remedy: "auth login client=NAME")
        }
        // What it should have said would be asked for, and on standard input the grant code would be taken for it.
        if let mistake = settings.fileMistake { throw mistake }
        guard settings.clientSecret == nil else {
            throw ZoshError(
                .usage, "ZOHO_CLIENT_SECRET is set, and ZOHO_CLIENT_ID is not",
                remedy: "set both in the environment or in .env, or neither")
        }
        console.note(
            "A login needs an OAuth client from Zoho's API console; to make one step by step: Ctrl-C, then auth setup")
        let kind = Self.kind(wish)
        let (id, secret) = try await ClientTyping.ask(kind, console, console, attempts: attempts())
        return ChosenClient(
            client: LoginClient(id: id, secret: secret, kind: kind, source: ChosenClient.typed), dataCentre: nil)
    }

    private func client(_ id: String, _ wish: LoginOptions) async throws -> LoginClient {
        let kind = Self.kind(wish)
        let secret: Secret
        if let known = settings.clientSecret {
            secret = known
        } else {
            secret = try await ClientTyping.secret(kind, console, console, attempts: attempts())
        }
        return LoginClient(id: id, secret: secret, kind: kind, source: settings.clientSource ?? "environment")
    }

    private static func kind(_ wish: LoginOptions) -> ClientKind {
        ClientKind.allCases.first { $0.usualWay == wish.way } ?? .server
    }

    private func attempts() async -> Int { await session.settings.interactive ? 3 : 1 }

    func offerToSave(_ client: LoginClient, of centre: String, isYes: Bool) async {
        guard client.source == ChosenClient.typed, await session.settings.interactive,
            let known = try? await clients.all(),
            !known.contains(where: { $0.id == client.id })
        else { return }
        let taken = Set(known.map(\.name))
        let name =
            taken.contains("default")
            ? (2...).lazy.map { "default-\($0)" }.first { !taken.contains($0) } ?? "default" : "default"
        let question = Confirmation(
            question: "Store this client as '\(name)', so that the next login does not ask for it?",
            details: ["client \(client.id)"])
        // The login is stored: whatever becomes of this question must not take that back.
        guard isYes ? true : (try? await console.confirm(question)) == true else { return }
        do {
            try await clients.save(
                ClientDraft(name: name, id: client.id, secret: client.secret, kind: client.kind, dataCentre: centre))
            console.note("Stored as client '\(name)'; to remove it: auth clients remove \(name)")
        } catch {
            console.note("The client could not be stored: \((error as? ZoshError)?.problem ?? "\(error)")")
        }
    }

    private static func chosen(_ draft: ClientDraft) -> ChosenClient {
        ChosenClient(
            client: LoginClient(id: draft.id, secret: draft.secret, kind: draft.kind, source: "client \(draft.name)"),
            dataCentre: draft.dataCentre)
    }
}

extension String {
    /// Without blanks around it: what is copied from a web page often has some.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
