import ZohoClient
import ZoshKit

/// Finds the OAuth client of a login: named, from the environment, the only stored one, else asked for.
///
/// Never from the command line, which everybody on the machine can read.
struct LoginClients: Sendable {
    let clients: SealedClients
    let book: ConnectionBook
    let settings: Settings
    let console: any Console

    /// A client, and the data centre it is kept with.
    struct Choice: Sendable {
        let client: LoginClient
        let dataCentre: String?
    }

    func choice(for wish: LoginWish) async throws -> Choice {
        if let name = wish.extending {
            let grant = try await book.grant(named: name)
            let kind = ClientKind.allCases.first { $0.usualWay == grant.way } ?? .server
            return Choice(
                client: LoginClient(id: grant.clientID, secret: grant.clientSecret, kind: kind, source: grant.clientSource),
                dataCentre: grant.dataCentreCode)
        }
        if let name = wish.client { return Self.kept(try await clients.client(named: name)) }
        if let id = settings.clientID { return try await Choice(client: client(id, wish), dataCentre: nil) }
        let stored = try await clients.all()
        if stored.count == 1 { return Self.kept(stored[0]) }
        guard stored.isEmpty else {
            let names = stored.map(\.name).joined(separator: ", ")
            throw ZoshError(.usage, "there are \(stored.count) clients, and none is chosen: \(names)", remedy: "auth login client=NAME")
        }
        console.note("A login needs an OAuth client of Zoho's API console; 'auth setup' leads through making one (Ctrl-C, then auth setup).")
        let id = try await console.ask("Client id: ").trimmed
        return try await Choice(client: client(id, wish), dataCentre: nil)
    }

    private func client(_ id: String, _ wish: LoginWish) async throws -> LoginClient {
        let secret: Secret
        if let known = settings.clientSecret, settings.clientID == id { secret = known } else { secret = try await console.askSecret("Client secret: ") }
        guard !id.isEmpty, !secret.isEmpty else {
            throw ZoshError(
                .usage, "a login needs a client id and a client secret",
                remedy: "auth setup; or set ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET, or put them in .env")
        }
        let kind = ClientKind.allCases.first { $0.usualWay == wish.way } ?? .server
        return LoginClient(id: id, secret: secret, kind: kind, source: settings.clientID == id ? settings.clientSource ?? "environment" : "typed")
    }

    private static func kept(_ draft: ClientDraft) -> Choice {
        Choice(
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
