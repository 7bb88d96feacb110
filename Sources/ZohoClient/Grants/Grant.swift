public import ZoshKit
public import ZoshTrust

/// Everything kept about one connection: who, where, and the secrets that open it.
///
/// A connection exists exactly when a grant is stored. The origins in it are the only ones its secrets are ever sent
/// to, whatever the environment says later. `generation` moves with every new access token, so that two processes can
/// tell whether the other one has refreshed.
public struct Grant: Sendable {
    public typealias ID = String

    /// 32 hex digits, random; what the store and the refresh lock know the grant by.
    public let id: ID
    /// What people type.
    public var name: String
    public let clientID: String
    public let clientSecret: Secret
    /// Nil when Zoho gave none; the connection then ends with its access token.
    public var refreshToken: Secret?
    public var accessToken: Secret?
    /// Seconds since 1970; 0 without an access token.
    public var expiresAt: Int64
    /// Seconds since 1970 of the last refresh; nil when the access token is the login's own.
    public var refreshedAt: Int64?
    /// `https://accounts.zoho.eu`.
    public let accounts: String
    /// `https://www.zohoapis.eu`, as the token reply said.
    public var apiDomain: String
    /// The code of the data centre `apiDomain` belongs to.
    public let dataCentreCode: String
    public let environment: ZohoEnvironment
    /// The person at Zoho Accounts, the same in every organisation.
    public let zuid: String
    /// The organisation, as the web page shows it.
    public let zgid: String
    /// The person inside CRM; empty when CRM could not be asked.
    public let userID: String
    public let email: String
    public let orgName: String
    /// As granted; nil when Zoho did not say. Unknown is not none: Zoho decides then.
    public let scopes: [Scope]?
    /// What the login asked for: a hint where Zoho did not say what it granted.
    public let asked: [Scope]
    public var tags: [String]
    public var readOnly: Bool
    /// What its name is coloured with in the prompt.
    public var colour: ConnectionColour?
    /// From where on a change of many users needs a number.
    public var brakes: BrakeLimits
    /// How many others must have signed the plan of a change that calls for it.
    public var approvals = 0
    /// Seconds since 1970.
    public let createdAt: Int64
    public var generation: Int64
    /// How the consent was given.
    public var way: LoginWay
    /// Where the client came from, for people.
    public var clientSource: String
    /// Seconds since 1970 when Zoho issued the refresh token; what the twenty-first login pushes out is the oldest.
    public var grantedAt: Int64
    /// The organisation's edition as Zoho names it (`enterprise`), which decides how many calls it takes at once; empty
    /// when it did not say.
    public var edition: String
    /// When access tokens were made from the refresh token, seconds since 1970; only the last ten minutes matter.
    public var creations: [Int64]

    public init(
        id: ID = Grant.newID(), name: String, clientID: String, clientSecret: Secret, refreshToken: Secret?,
        accessToken: Secret?, expiresAt: Int64, refreshedAt: Int64? = nil, accounts: String, apiDomain: String,
        dataCentreCode: String, environment: ZohoEnvironment, zuid: String, zgid: String, userID: String, email: String,
        orgName: String, scopes: [Scope]?, asked: [Scope] = [], tags: [String] = [], readOnly: Bool = false,
        createdAt: Int64,
        generation: Int64 = 1, way: LoginWay = .selfClient, clientSource: String = "", grantedAt: Int64? = nil,
        edition: String = "",
        creations: [Int64] = [], colour: ConnectionColour? = nil, brakes: BrakeLimits = .standard
    ) {
        self.id = id
        self.name = name
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.refreshToken = refreshToken
        self.accessToken = accessToken
        self.expiresAt = expiresAt
        self.refreshedAt = refreshedAt
        self.accounts = accounts
        self.apiDomain = apiDomain
        self.dataCentreCode = dataCentreCode
        self.environment = environment
        self.zuid = zuid
        self.zgid = zgid
        self.userID = userID
        self.email = email
        self.orgName = orgName
        // No login grants nothing: a list without a scope says nothing, and older stores hold such lists.
        self.scopes = scopes?.isEmpty == false ? scopes : nil
        self.asked = asked
        self.tags = tags
        self.readOnly = readOnly
        self.createdAt = createdAt
        self.generation = generation
        self.way = way
        self.clientSource = clientSource
        self.grantedAt = grantedAt ?? createdAt
        self.edition = edition
        self.creations = creations
        self.colour = colour
        self.brakes = brakes
    }

    public static func newID() -> ID {
        var generator = SystemRandomNumberGenerator()
        return (0..<16).map { _ in
            let byte = UInt8.random(in: .min ... .max, using: &generator)
            return (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}

extension Grant {
    /// The connection without its secrets.
    public var summary: ConnectionSummary {
        var summary = ConnectionSummary(
            name: name, orgName: orgName, orgID: zgid, dataCentre: dataCentreCode, environment: environment,
            email: email,
            userID: userID, apiDomain: apiDomain, scopes: scopes, tags: tags, readOnly: readOnly, colour: colour,
            brakes: brakes)
        summary.approvals = approvals
        return summary
    }

    /// Whether both are the same person, organisation, environment and client. One person can hold several
    /// organisations, so the person alone is not enough.
    public func isSameConnection(as other: Grant) -> Bool {
        zuid == other.zuid && zgid == other.zgid && environment == other.environment && clientID == other.clientID
    }

    /// The data centre as sealed with this grant.
    var dataCentre: DataCentre { DataCentre(code: dataCentreCode, accounts: accounts, api: apiDomain) }

    /// This login in the place of an older one of the same connection: it keeps what people chose.
    /// - Parameter name: a new name, when one was asked for.
    func succeeding(_ old: Grant, name: String?) -> Grant {
        var next = Grant(
            id: old.id, name: name ?? old.name, clientID: clientID, clientSecret: clientSecret,
            refreshToken: refreshToken, accessToken: accessToken, expiresAt: expiresAt, refreshedAt: refreshedAt,
            accounts: accounts,
            apiDomain: apiDomain, dataCentreCode: dataCentreCode, environment: environment, zuid: zuid, zgid: zgid,
            userID: userID, email: email, orgName: orgName, scopes: scopes, asked: asked, tags: old.tags,
            readOnly: old.readOnly,
            createdAt: old.createdAt, generation: old.generation + 1, way: way, clientSource: clientSource,
            grantedAt: grantedAt, edition: edition, creations: creations, colour: old.colour,
            brakes: old.brakes)
        next.approvals = old.approvals
        return next
    }

    /// This grant with a new access token.
    func renewed(by reply: TokenReply, at now: Int64) -> Grant {
        var next = self
        next.accessToken = reply.accessToken
        if let refreshToken = reply.refreshToken { next.refreshToken = refreshToken }
        next.expiresAt = now + reply.expiresIn
        next.refreshedAt = now
        next.generation += 1
        next.creations = TokenBudget.recent(creations, at: now) + [now]
        return next
    }
}
