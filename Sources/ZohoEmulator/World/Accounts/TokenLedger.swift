/// Every client, grant code and token there is, and the limits Zoho keeps on them.
///
/// Limits are those of section "Token limits" of the CRM OAuth documentation. Invariant: an access
/// token lives no longer than the refresh token it came from.
struct TokenLedger: Sendable {
    struct Code: Sendable {
        let authority: Authority
        /// Nil for a code made by hand in the console.
        let redirectURI: String?
        let offline: Bool
        let expires: Double
        var challenge: PKCEChallenge?
    }

    struct Refresh: Sendable {
        let authority: Authority
        let serial: Int
        /// Whether a person consented to it in a browser.
        let fromBrowser: Bool
        /// When access tokens were made from it within the last window.
        var creations: [Double] = []
        /// Live access tokens, the oldest first.
        var access: [String] = []
    }

    struct Access: Sendable {
        let authority: Authority
        let expires: Double
    }

    static let accessLife = 3600.0
    static let window = 600.0
    static let creationsPerWindow = 10
    static let liveAccessTokens = 15
    static let liveRefreshTokens = 20

    let seed: UInt64
    var clients: [String: Client] = [:]
    private(set) var codes: [String: Code] = [:]
    private(set) var refreshTokens: [String: Refresh] = [:]
    private(set) var accessTokens: [String: Access] = [:]
    private(set) var refreshCount = 0
    private var serial = 0
    private var codeTimes: [String: [Double]] = [:]

    init(seed: UInt64) {
        self.seed = seed
    }

    /// `1000.<32 hex>.<32 hex>`, the form of every Zoho token.
    mutating func newToken() -> String {
        serial += 1
        var dice = Dice(seed: seed ^ 0x544F_4B45_4E, place: UInt64(serial))
        return "1000." + Self.hex(&dice) + "." + Self.hex(&dice)
    }

    private static func hex(_ dice: inout Dice) -> String {
        let digits = Array("0123456789abcdef")
        return String((0..<32).map { _ in digits[dice.below(16)] })
    }

    mutating func issueCode(
        _ authority: Authority, redirectURI: String?, offline: Bool, expires: Double, challenge: PKCEChallenge? = nil
    ) -> String {
        let code = newToken()
        codes[code] = Code(
            authority: authority, redirectURI: redirectURI, offline: offline, expires: expires, challenge: challenge)
        return code
    }

    /// Notes that a browser code is wanted for a client; false when ten were made within the window.
    mutating func allowCode(client: String, now: Double) -> Bool {
        var times = codeTimes[client, default: []].filter { $0 > now - Self.window }
        defer { codeTimes[client] = times }
        guard times.count < Self.creationsPerWindow else { return false }
        times.append(now)
        return true
    }

    /// Whether a person consented to this client before and that grant lives.
    func hasConsent(client: String, dataCentre: String) -> Bool {
        refreshTokens.values.contains {
            $0.fromBrowser && $0.authority.client == client && $0.authority.dataCentre == dataCentre
        }
    }

    /// Takes a code out: it works once, whatever comes of it.
    mutating func takeCode(_ code: String) -> Code? {
        codes.removeValue(forKey: code)
    }

    /// A new refresh token; the twenty-first of a user and client silently kills the first.
    mutating func issueRefresh(_ authority: Authority, fromBrowser: Bool = false) -> String {
        let token = newToken()
        refreshTokens[token] = Refresh(authority: authority, serial: serial, fromBrowser: fromBrowser)
        let siblings = refreshTokens.filter {
            $0.value.authority.client == authority.client && $0.value.authority.dataCentre == authority.dataCentre
        }
        if siblings.count > Self.liveRefreshTokens,
            let oldest = siblings.min(by: { $0.value.serial < $1.value.serial })
        {
            revoke(oldest.key)
        }
        return token
    }

    /// An access token without a refresh token behind it.
    mutating func issueAccess(_ authority: Authority, now: Double) -> String {
        let token = newToken()
        accessTokens[token] = Access(authority: authority, expires: now + Self.accessLife)
        return token
    }

    /// An access token made from a refresh token, within the documented limits.
    mutating func issueAccess(refresh token: String, now: Double) throws(TokenFailure) -> String {
        guard var refresh = refreshTokens[token] else { throw .invalid_code }
        refresh.creations.removeAll { $0 <= now - Self.window }
        guard refresh.creations.count < Self.creationsPerWindow else { throw .throttled }
        refresh.creations.append(now)
        let access = issueAccess(refresh.authority, now: now)
        refresh.access.append(access)
        if refresh.access.count > Self.liveAccessTokens {
            accessTokens[refresh.access.removeFirst()] = nil
        }
        refreshTokens[token] = refresh
        return access
    }

    mutating func expireAccessTokens() {
        accessTokens = [:]
    }

    /// Ends one access token; the refresh token behind it lives on.
    mutating func endAccess(_ token: String) { accessTokens[token] = nil }

    mutating func countRefresh() {
        refreshCount += 1
    }

    /// Kills a token and, for a refresh token, the access tokens made from it.
    @discardableResult
    mutating func revoke(_ token: String) -> Bool {
        if let refresh = refreshTokens.removeValue(forKey: token) {
            for access in refresh.access { accessTokens[access] = nil }
            return true
        }
        return accessTokens.removeValue(forKey: token) != nil
    }

    /// What a live access token stands for.
    func authority(of token: String, now: Double) -> Authority? {
        guard let access = accessTokens[token], access.expires > now else { return nil }
        return access.authority
    }
}
