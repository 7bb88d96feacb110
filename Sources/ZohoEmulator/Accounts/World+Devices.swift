/// The device flow: a code shown on one machine, typed into a browser on another.
extension World {
    private static let life = 300.0
    private static let interval = 30.0

    /// `POST {accounts}/oauth/v3/device/code`.
    func deviceCode(_ exchange: Exchange, at centre: EmulatedDataCentre) -> Reply {
        let parameters = exchange.parameters
        guard exchange.method == "POST", parameters["grant_type"] == "device_request" else {
            return TokenFailure.badRequest.reply
        }
        guard let client = parameters["client_id"].flatMap({ ledger.clients[$0] }),
            client.dataCentres.contains(centre.code)
        else { return TokenFailure.invalid_client.reply }
        let scopes = Scopes(list: parameters["scope"] ?? "")
        guard !scopes.names.isEmpty, scopes.unknown == nil else { return .json(200, ["error": "invalid_scope"]) }
        let deviceCode = ledger.newToken()
        let alphabet = Array("BCDFGHJKLMNPQRSTVWXZ")
        var dice = Dice(seed: configuration.seed ^ 0x4445_56, place: UInt64(devices.count))
        let userCode = String((0..<8).map { _ in alphabet[dice.below(alphabet.count)] })
        devices[deviceCode] = DeviceRequest(
            client: client.id, userCode: userCode, scopes: scopes, offline: parameters["access_type"] == "offline",
            expires: now + Self.life)
        return .json(
            200,
            [
                "user_code": .string(userCode), "device_code": .string(deviceCode),
                "verification_url": .string(centre.accounts + "/oauth/v3/device"),
                "verification_uri_complete": .string(centre.accounts + "/oauth/v3/device?code=" + userCode),
                "expires_in": .integer(Int(Self.life)), "interval": .integer(Int(Self.interval)),
            ])
    }

    /// The page the code is typed into; posts `code`, `org` and `decision`.
    func devicePage(_ exchange: Exchange, at centre: EmulatedDataCentre) -> Reply {
        let parameters = exchange.parameters
        let code = parameters["code"] ?? ""
        guard exchange.method == "POST" else { return AccountsPage.device(code) }
        guard settleDevice(code, allow: parameters["decision"] == "accept", zgid: parameters["org"]) else {
            return AccountsPage.problem("The code is wrong or has expired.")
        }
        return .html(200, AccountsPage.page("Done", "<p>You may go back to your device.</p>"))
    }

    /// Decides about a waiting device; false when no device waits with that code.
    func settleDevice(_ userCode: String, allow: Bool, zgid: String?) -> Bool {
        let home = configuration.accountDataCentre ?? configuration.dataCentres[0]
        let here = organisations(in: home)
        guard let key = devices.first(where: { $0.value.userCode == userCode && $0.value.expires > now })?.key,
            let organisation = zgid == nil ? here.first : here.first(where: { $0.zgid == zgid })
        else { return false }
        devices[key]?.state = allow ? .allowed(zgid: organisation.zgid, dataCentre: home) : .refused
        return true
    }

    /// `POST {accounts}/oauth/v3/device/token`, at most once in thirty seconds.
    func deviceToken(_ exchange: Exchange, at centre: EmulatedDataCentre) -> Reply {
        let parameters = exchange.parameters
        guard exchange.method == "POST", parameters["grant_type"] == "device_token" else {
            return TokenFailure.badRequest.reply
        }
        do throws(TokenFailure) {
            let client = try authenticate(exchange, parameters, at: centre)
            guard let code = parameters["code"], let device = devices[code], device.client == client.id else {
                throw .invalid_code
            }
            return try poll(code, device, at: centre)
        } catch {
            return error.reply
        }
    }

    private func poll(_ code: String, _ device: DeviceRequest, at centre: EmulatedDataCentre) throws(TokenFailure)
        -> Reply
    {
        guard device.expires > now else { return .json(200, ["error": "expired"]) }
        if case .allowed(let zgid, let dataCentre) = device.state {
            guard dataCentre == centre.code else {
                return .json(200, ["error": "other_dc", "user_location": .string(dataCentre)])
            }
            devices[code] = nil
            let authority = Authority(
                client: device.client, dataCentre: dataCentre, zgid: zgid, scopes: device.scopes)
            guard device.offline else { return reply(ledger.issueAccess(authority, now: now), authority, at: centre) }
            let refresh = ledger.issueRefresh(authority)
            let access = try ledger.issueAccess(refresh: refresh, now: now)
            return reply(access, authority, at: centre, refresh: refresh)
        }
        if device.state == .refused {
            devices[code] = nil
            throw .access_denied
        }
        let isEarly = device.lastPoll.map { now - $0 < Self.interval } ?? false
        devices[code]?.lastPoll = now
        return .json(200, ["error": isEarly ? "slow_down" : "authorization_pending"])
    }
}

extension AccountsPage {
    static func device(_ code: String) -> Reply {
        .html(
            200,
            page(
                "Connect a device",
                """
                <form method="post" action="/oauth/v3/device">
                <label>Code <input name="code" value="\(escaped(code))"></label>
                <button type="submit" id="accept" name="decision" value="accept">Accept</button>
                <button type="submit" id="reject" name="decision" value="reject">Reject</button>
                </form>
                """))
    }
}
