/// Who a token belongs to, and which data centres there are.
extension World {
    /// `GET {accounts}/oauth/user/info`. `ZUID` is a JSON number, unlike the CRM's `zuid`; keys for
    /// the organisation appear only when configured, since no official page promises them.
    func userInfo(_ exchange: Exchange, at centre: EmulatedDataCentre) -> Reply {
        guard let token = exchange.accessToken,
            let authority = ledger.authority(of: token, now: now), authority.dataCentre == centre.code,
            let organisation = organisations.first(where: { $0.zgid == authority.zgid })
        else {
            return .json(401, ["response": "failure", "error": "INVALID_OAUTHTOKEN"])
        }
        guard authority.scopes.cover("AaaServer.profile.READ") else {
            return .json(401, ["response": "failure", "error": "INVALID_OAUTHSCOPE"])
        }
        let account = organisation.account
        var body = JSONObject([
            "First_Name": .string(account.firstName), "Email": .string(account.email),
            "Last_Name": .string(account.lastName), "Display_Name": .string(account.fullName),
            "ZUID": .integer(account.zuid),
        ])
        for key in configuration.userInfoOrganisationKeys {
            let isName = key.lowercased().hasSuffix("name")
            body[key] = isName ? organisation.description["company_name"] ?? .null : .string(organisation.zgid)
        }
        return .json(200, .object(body))
    }

    /// `GET {accounts}/oauth/serverinfo`.
    var serverInfo: Reply {
        var locations = JSONObject()
        for centre in centres { locations[centre.code] = .string(centre.accounts) }
        return .json(200, ["result": "success", "locations": .object(locations)])
    }
}
