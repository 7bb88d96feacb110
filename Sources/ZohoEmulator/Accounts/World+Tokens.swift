/// The token endpoint: grant codes and refresh tokens become access tokens.
extension World {
    /// `POST {accounts}/oauth/v2/token`.
    func token(_ exchange: Exchange, at centre: EmulatedDataCentre) -> Reply {
        let parameters = exchange.parameters
        guard exchange.method == "POST", let grant = parameters["grant_type"] else {
            return TokenFailure.badRequest.reply
        }
        do throws(TokenFailure) {
            let client = try authenticate(exchange, parameters, at: centre)
            switch grant {
            case "authorization_code": return try exchangeCode(parameters, client, at: centre)
            case "refresh_token": return try refresh(parameters, client, at: centre)
            case "client_credentials": return try clientCredentials(parameters, client, at: centre)
            default: throw .invalid_client
            }
        } catch {
            return error.reply
        }
    }

    /// The client that a token request names, in its parameters or in a Basic header.
    func authenticate(
        _ exchange: Exchange, _ parameters: FormFields, at centre: EmulatedDataCentre
    ) throws(TokenFailure) -> Client {
        var id = parameters["client_id"]
        var secret = parameters["client_secret"]
        if let basic = exchange.headers["authorization"].flatMap(BasicCredentials.init) {
            id = id ?? basic.user
            secret = secret ?? basic.password
        }
        guard let id, let client = ledger.clients[id], client.dataCentres.contains(centre.code) else {
            throw .invalid_client
        }
        guard secret == client.secret || (secret == nil && client.kind == .mobile) else {
            throw .invalid_client_secret
        }
        return client
    }

    private func exchangeCode(
        _ parameters: FormFields, _ client: Client, at centre: EmulatedDataCentre
    ) throws(TokenFailure) -> Reply {
        guard let text = parameters["code"], let waiting = ledger.codes[text] else { throw .invalid_code }
        guard waiting.authority.dataCentre == centre.code else { throw .invalid_client }
        guard waiting.authority.client == client.id else { throw .invalid_code }
        if let registered = waiting.redirectURI, parameters["redirect_uri"] != registered {
            throw .invalid_redirect_uri
        }
        guard let code = ledger.takeCode(text), code.expires > now else { throw .invalid_code }
        if let challenge = code.challenge {
            guard let verifier = parameters["code_verifier"], challenge.isMet(by: verifier) else {
                throw .invalid_code
            }
        }
        guard code.offline else {
            let access = ledger.issueAccess(code.authority, now: now)
            return reply(access, code.authority, at: centre)
        }
        let refresh = ledger.issueRefresh(code.authority, fromBrowser: code.redirectURI != nil)
        let access = try ledger.issueAccess(refresh: refresh, now: now)
        return reply(access, code.authority, at: centre, refresh: refresh)
    }

    private func refresh(
        _ parameters: FormFields, _ client: Client, at centre: EmulatedDataCentre
    ) throws(TokenFailure) -> Reply {
        guard let token = parameters["refresh_token"], let grant = ledger.refreshTokens[token] else {
            throw .invalid_code
        }
        guard grant.authority.dataCentre == centre.code else { throw .invalid_client }
        guard grant.authority.client == client.id else { throw .invalid_code }
        let access = try ledger.issueAccess(refresh: token, now: now)
        ledger.countRefresh()
        return reply(access, grant.authority, at: centre)
    }

    /// Ends the access token that a token reply holds, so that it is dead before anybody has used it.
    func killToken(in reply: Reply) {
        guard case .object(let body)? = try? JSONParser.read(reply.body), let token = body["access_token"]?.string
        else { return }
        ledger.endAccess(token)
    }

    /// A token reply: `api_domain` is the API of the grant's data centre.
    func reply(_ access: String, _ authority: Authority, at centre: EmulatedDataCentre, refresh: String? = nil) -> Reply
    {
        var body = JSONObject(["access_token": .string(access)])
        if let refresh { body["refresh_token"] = .string(refresh) }
        body["scope"] = .string(authority.scopes.names.joined(separator: " "))
        body["api_domain"] = .string(self.centre(authority.dataCentre)?.api ?? centre.api)
        body["token_type"] = "Bearer"
        body["expires_in"] = .integer(Int(TokenLedger.accessLife))
        return .json(200, .object(body))
    }
}
