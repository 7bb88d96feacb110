/// Revoking a token, in both documented forms.
extension World {
    /// The CRM documentation's `POST {accounts}/oauth/v2/token/revoke?token=…` needs no client; the
    /// Accounts documentation's `POST {accounts}/oauth/v2/revoke/token` wants one in a Basic header.
    func revoke(_ exchange: Exchange, at centre: EmulatedDataCentre) -> Reply {
        let refusal = Reply.json(400, ["error": "invalid_token", "status": "failure"])
        guard exchange.method == "POST" else { return refusal }
        let parameters = exchange.parameters
        var client: String?
        if exchange.path == "/oauth/v2/revoke/token" {
            guard let basic = exchange.headers["authorization"].flatMap(BasicCredentials.init),
                let known = ledger.clients[basic.user], known.secret == basic.password,
                known.dataCentres.contains(centre.code)
            else { return .json(400, ["error": "invalid_client", "status": "failure"]) }
            client = known.id
        }
        guard let token = parameters["token"] else { return refusal }
        let owner = ledger.refreshTokens[token]?.authority ?? ledger.accessTokens[token]?.authority
        guard let owner, owner.dataCentre == centre.code, client == nil || client == owner.client else {
            return refusal
        }
        ledger.revoke(token)
        return .json(200, ["status": "success"])
    }
}
