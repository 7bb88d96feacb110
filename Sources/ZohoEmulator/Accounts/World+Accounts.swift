/// The door of an accounts server.
extension World {
    /// The route of a request to an accounts server.
    static func accountsRoute(_ exchange: Exchange) -> Route {
        switch (exchange.method, exchange.path) {
        case ("GET", "/oauth/v2/auth"): .authorize
        case ("POST", "/oauth/v2/auth"): .consent
        case (_, "/oauth/v2/token"): .token
        case (_, "/oauth/v2/token/revoke"), (_, "/oauth/v2/revoke/token"): .revoke
        case (_, "/oauth/user/info"): .userInfo
        case (_, "/oauth/serverinfo"): .serverInfo
        case (_, "/oauth/v3/device/code"): .deviceCode
        case (_, "/oauth/v3/device"): .devicePage
        case (_, "/oauth/v3/device/token"): .deviceToken
        default: .unknown
        }
    }

    func accounts(_ exchange: Exchange, route: Route, dataCentre: String) -> Reply {
        guard let centre = centre(dataCentre) else { return AccountsPage.problem("An error occurred") }
        switch route {
        // The CRM documentation sends client credentials here, everybody else to the token route.
        case .consent where exchange.parameters["grant_type"] == "client_credentials":
            return token(exchange, at: centre)
        case .authorize, .consent: return authorize(exchange, at: centre)
        case .token: return token(exchange, at: centre)
        case .revoke: return revoke(exchange, at: centre)
        case .userInfo: return userInfo(exchange, at: centre)
        case .serverInfo: return serverInfo
        case .deviceCode: return deviceCode(exchange, at: centre)
        case .devicePage: return devicePage(exchange, at: centre)
        case .deviceToken: return deviceToken(exchange, at: centre)
        default: return AccountsPage.notFound
        }
    }
}
