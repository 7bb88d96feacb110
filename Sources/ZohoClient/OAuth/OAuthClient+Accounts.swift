public import ZoshKit
internal import ZoshTrust

/// What an accounts server can be asked besides tokens.
extension OAuthClient {
    /// How a revocation ended.
    enum Revocation: Sendable { case revoked, unknownToZoho }

    /// Ends a refresh token and its access tokens. Zoho documents two addresses for this; the older one is asked first,
    /// the newer one when it says no.
    func revoke(_ token: Secret, of client: ClientCredentials, at accounts: String) async throws(ZoshError)
        -> Revocation
    {
        let fields = [("token", token.revealed())]
        if try await isDone({ () async throws(ZoshError) in
            try await post("/oauth/v2/token/revoke", fields, at: accounts)
        }) {
            return .revoked
        }
        let login = Base64.encoded(Array("\(client.id):\(client.secret.revealed())".utf8))
        let newer = try await isDone { () async throws(ZoshError) in
            try await post(
                "/oauth/v2/revoke/token", fields + [("token_type", "refresh_token")],
                headers: [(name: "Authorization", value: "Basic \(login)")], at: accounts)
        }
        return newer ? .revoked : .unknownToZoho
    }

    private func isDone(_ ask: () async throws(ZoshError) -> ZohoReply) async throws(ZoshError) -> Bool {
        let reply = try await ask()
        if reply.status >= 500 {
            throw ZoshError(.network, "the accounts server failed (HTTP \(reply.status))", remedy: "try again later")
        }
        guard (200..<300).contains(reply.status) else { return false }
        return reply.body.row?.string("error") == nil && reply.body.row?.string("status") != "failure"
    }

    /// `GET /oauth/user/info`: who a token belongs to, as Zoho Accounts knows them. Needs `AaaServer.profile.READ`.
    func userInfo(_ token: Secret, at centre: DataCentre) async throws(ZoshError) -> AccountIdentity {
        let reply = try await send(
            HTTPCall(
                method: .get, origin: centre.accounts, target: "/oauth/user/info",
                headers: [(name: "Authorization", value: "Bearer \(token.revealed())")]))
        if let identity = AccountIdentity(reply.body) { return identity }
        if let error = ZohoErrorReply.found(in: reply) { throw error.zoshError(needing: "AaaServer.profile.READ") }
        throw ZoshError(
            .auth, "the accounts server does not say who is signed in",
            remedy: "add the scope AaaServer.profile.READ to the login")
    }

    /// `GET /oauth/serverinfo`: the data centres an accounts server names, of which only those in the table are given;
    /// no secret is sent.
    /// - Throws: `ZoshError.network` when the server does not answer.
    public func serverInfo(at centre: DataCentre) async throws(ZoshError) -> [DataCentre] {
        let reply = try await send(HTTPCall(method: .get, origin: centre.accounts, target: "/oauth/serverinfo"))
        return (reply.body.row?["locations"]?.row?.values ?? []).compactMap { value in
            value.string.flatMap { table.dataCentre(ofAccounts: $0) }
        }
    }
}

/// RFC 4648 base64, for the one header that needs it.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encoded(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                text.append(
                    place <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * place)) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
