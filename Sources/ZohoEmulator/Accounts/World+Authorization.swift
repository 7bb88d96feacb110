/// The authorization page: a consent form, and the redirect back to the client.
extension World {
    private static let codeLife = 120.0

    /// `GET {accounts}/oauth/v2/auth` shows the form; its buttons post to the same path with
    /// `decision` = `accept` or `reject` and `org` = the chosen organisation's zgid.
    func authorize(_ exchange: Exchange, at centre: EmulatedDataCentre) -> Reply {
        let parameters = exchange.parameters
        let request: AuthorizationRequest
        do throws(AuthorizationRequest.Mistake) {
            request = try AuthorizationRequest(parameters, clients: ledger.clients, dataCentre: centre.code)
        } catch {
            return AccountsPage.problem(error.sentence)
        }
        let home = configuration.accountDataCentre ?? configuration.dataCentres[0]
        if home != centre.code, let other = self.centre(home) {
            let query = parameters.items.map { FormFields.encode($0.name) + "=" + FormFields.encode($0.value) }
            return .redirect(to: other.accounts + "/oauth/v2/auth?" + query.joined(separator: "&"))
        }
        switch (exchange.method, parameters["decision"]) {
        case ("POST", "accept"): return accept(request, parameters["org"], at: centre)
        case ("POST", "reject"):
            return .redirect(to: request.callback(["error": "access_denied", "state": request.state]))
        default: return AccountsPage.consent(request, exchange.parameters, organisations(in: centre.code))
        }
    }

    private func accept(_ request: AuthorizationRequest, _ zgid: String?, at centre: EmulatedDataCentre) -> Reply {
        let here = organisations(in: centre.code)
        guard let organisation = zgid == nil ? here.first : here.first(where: { $0.zgid == zgid }) else {
            return AccountsPage.problem("An error occurred: unknown organisation.")
        }
        guard ledger.allowCode(client: request.client.id, now: now) else {
            return .redirect(to: request.callback(["error": "access_denied", "state": request.state]))
        }
        // A refresh token comes with the first consent only, unless consent is asked for again.
        let isFirst = !ledger.hasConsent(client: request.client.id, dataCentre: centre.code)
        let authority = Authority(
            client: request.client.id, dataCentre: centre.code, zgid: organisation.zgid, scopes: request.scopes)
        let code = ledger.issueCode(
            authority, redirectURI: request.redirectURI, offline: request.isOffline && (request.asksAgain || isFirst),
            expires: now + Self.codeLife, challenge: request.challenge)
        return .redirect(
            to: request.callback([
                "code": code, "location": centre.code, "accounts-server": centre.accounts, "state": request.state,
            ]))
    }
}

extension AccountsPage {
    /// The form asks which organisation, and carries the request along in hidden fields.
    static func consent(_ request: AuthorizationRequest, _ parameters: FormFields, _ organisations: [Organisation])
        -> Reply
    {
        let hidden = parameters.items.filter { $0.name != "decision" && $0.name != "org" }.map {
            "<input type=\"hidden\" name=\"\(escaped($0.name))\" value=\"\(escaped($0.value))\">"
        }
        let choices = organisations.enumerated().map { number, organisation in
            let name = organisation.description["company_name"]?.string ?? organisation.zgid
            return "<label><input type=\"radio\" name=\"org\" value=\"\(escaped(organisation.zgid))\""
                + (number == 0 ? " checked" : "") + "> \(escaped(name)) (\(escaped(organisation.zgid)))</label><br>"
        }
        let scopes = request.scopes.names.map { "<li>\(escaped($0))</li>" }
        return .html(
            200,
            page(
                "Allow access to your Zoho account?",
                """
                <p>The application <code>\(escaped(request.client.id))</code> would like to use:</p>
                <ul>\(scopes.joined())</ul>
                <form method="post" action="/oauth/v2/auth">
                \(hidden.joined(separator: "\n"))
                \(choices.joined(separator: "\n"))
                <button type="submit" id="accept" name="decision" value="accept">Accept</button>
                <button type="submit" id="reject" name="decision" value="reject">Reject</button>
                </form>
                """))
    }
}
