/// What a test may change about the world while it runs. Organisations count from 0 over all data
/// centres, those of the first data centre first.
extension Emulator {
    /// The scopes of the announced grant codes.
    public static var announcedScopes: [String] { World.announcedScopes.names }

    /// Makes a self-client grant code for an organisation.
    /// - Parameters:
    ///   - org: The organisation's number.
    ///   - scopes: The scopes it grants.
    ///   - client: The client that may exchange it; nil means that of the organisation's data centre.
    public func issueGrantCode(
        org: Int = 0, scopes: [String] = announcedScopes, client: String? = nil
    ) async -> String {
        await world.issueGrantCode(org: org, scopes: Scopes(scopes), client: client)
    }

    /// The `zgid` of an organisation.
    public func zgid(org: Int = 0) async -> String { await world.organisations[org].zgid }

    /// The identifier of the user at a position of `type=AllUsers`, counted from 0.
    public func userID(_ position: Int, org: Int = 0) async -> String {
        await String(world.organisations[org].people.id(position))
    }

    /// Limits how many active users an organisation may have; nil lifts the limit.
    public func setLicenceLimit(_ limit: Int?, org: Int = 0) async {
        await world.change(org) { $0.licences = limit }
    }

    /// Makes every call answer INACTIVE_USER, or ends that.
    public func setCallerInactive(_ inactive: Bool, org: Int = 0) async {
        await world.change(org) { $0.callerIsInactive = inactive }
    }

    /// Takes permissions such as `Crm_Implied_Manage_Users` from the caller; an empty set gives
    /// them all back.
    public func setMissingPermissions(_ permissions: Set<String>, org: Int = 0) async {
        await world.change(org) { $0.missingPermissions = permissions }
    }

    /// Ends the organisation's trial, so that user calls answer AUTHORIZATION_FAILED, or undoes it.
    public func setTrialExpired(_ expired: Bool, org: Int = 0) async {
        await world.change(org) { $0.trialHasExpired = expired }
    }

    /// Changes a field of a user as somebody else does in the web page.
    /// - Parameters:
    ///   - position: The user's, of `type=AllUsers`, counted from 0.
    ///   - person: Who does it; the same.
    public func changeInWebPage(_ position: Int, _ field: String, to value: String, by person: Int, org: Int = 0) async
    {
        await world.changeInWebPage(position, field, to: value, by: person, org: org)
    }

    /// Registers a redirect URI for every client.
    public func registerRedirectURI(_ uri: String) async { await world.registerRedirectURI(uri) }

    /// Decides about a device that waits with a user code, as its owner would in a browser; false
    /// when none waits with that code. Nil means the first organisation of the account.
    @discardableResult
    public func settleDevice(_ userCode: String, allow: Bool, zgid: String? = nil) async -> Bool {
        await world.settleDevice(userCode, allow: allow, zgid: zgid)
    }

    /// Decides about every device that waits, as their owners would.
    public func settleDevices(allow: Bool) async { await world.settleDevices(allow: allow) }

    /// Kills every access token while refresh tokens live on, as an administrator's action may.
    public func expireAccessTokens() async { await world.expireAccessTokens() }

    /// How many access and refresh tokens are alive.
    public var liveTokens: (access: Int, refresh: Int) {
        get async { await world.liveTokens }
    }
}

extension World {
    func issueGrantCode(org: Int, scopes: Scopes, client: String?) -> String {
        let organisation = organisations[org]
        let number = centres.firstIndex { $0.code == organisation.dataCentre } ?? 0
        return issueConsoleCode(organisation, client: client ?? clientID(number), scopes: scopes)
    }

    func change(_ org: Int, _ change: @Sendable (inout Organisation) -> Void) {
        change(&organisations[org])
    }

    func changeInWebPage(_ position: Int, _ field: String, to value: String, by person: Int, org: Int) {
        let organisation = organisations[org]
        var record = organisation.people.record(position)
        record[field] = .string(value)
        record["Modified_Time"] = .string(organisation.time(Int(now)))
        organisations[org].people.update(position, record, administrators: organisation.administrators)
        organisations[org].note(.updated, position, by: person, at: Int(now))
    }

    func registerRedirectURI(_ uri: String) {
        for id in ledger.clients.keys { ledger.clients[id]?.redirectURIs.insert(uri) }
    }

    func settleDevices(allow: Bool) {
        for code in devices.values.map(\.userCode) { _ = settleDevice(code, allow: allow, zgid: nil) }
    }

    func expireAccessTokens() { ledger.expireAccessTokens() }

    var liveTokens: (access: Int, refresh: Int) {
        (ledger.accessTokens.count { $0.value.expires > now }, ledger.refreshTokens.count)
    }
}
