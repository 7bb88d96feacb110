/// A stored connection without its secrets: what prompt, completion and every module may see.
///
/// For example `shell.session.connection?.orgName` is "Acme".
public struct ConnectionSummary: Sendable, Hashable {
    public var name: String
    public var orgName: String
    /// The organisation's `zgid`, the id the web page shows.
    public var orgID: String
    /// `us`, `eu`, … or the name of a data centre of one's own.
    public var dataCentre: String
    public var environment: ZohoEnvironment
    public var email: String
    public var userID: String
    public var apiDomain: String
    /// What the login may do; nil when Zoho did not say, which is not the same as nothing.
    public var scopes: [Scope]?
    public var tags: [String]
    public var readOnly: Bool
    /// What its name is coloured with in the prompt; nil for no colour.
    public var colour: ConnectionColour?
    /// From where on a change of many users needs a number.
    public var brakes: BrakeLimits
    /// How many others must have signed the plan of what touches an administrator, deletes something or changes many.
    public var approvals = 0

    public init(
        name: String, orgName: String, orgID: String, dataCentre: String, environment: ZohoEnvironment, email: String,
        userID: String, apiDomain: String, scopes: [Scope]?, tags: [String] = [], readOnly: Bool = false,
        colour: ConnectionColour? = nil, brakes: BrakeLimits = .standard
    ) {
        self.name = name
        self.orgName = orgName
        self.orgID = orgID
        self.dataCentre = dataCentre
        self.environment = environment
        self.email = email
        self.userID = userID
        self.apiDomain = apiDomain
        self.scopes = scopes?.isEmpty == false ? scopes : nil
        self.tags = tags
        self.readOnly = readOnly
        self.colour = colour
        self.brakes = brakes
    }
}

/// The colours a connection can have, so that production is distinguished from a sandbox at a glance.
///
/// For example red for production: `.red`.
public enum ConnectionColour: String, Sendable, Hashable, CaseIterable, CallConvertible {
    case red, green, yellow, blue, magenta, cyan
}

/// The session as one line sees it: taken once, so that a line never changes its mind halfway.
///
/// For example `guard shell.session.interactive else { return stream }`.
public struct SessionSnapshot: Sendable {
    /// The current connection; nil before the first login.
    public var connection: ConnectionSummary?
    /// The connection one part of an `on` line works in, whatever the session's current one is; nil elsewhere.
    package var fixedConnection: String?
    /// `--read-only`: every write is refused.
    public var readOnly: Bool
    /// `--dry-run`: every write is described and not done.
    public var dryRun: Bool
    /// `--plan`: the file that what the line would change is written to.
    public var plan: String?
    /// `--yes`: no write asks.
    public var yes: Bool
    /// `--at-most`: the ceiling for all writes together, whatever they allow.
    public var atMost: Int?
    /// `--administrators`: every write may give and take administrator rights.
    public var administrators: Bool
    public var apiVersion: APIVersion
    /// Whether a person can be asked.
    public var interactive: Bool

    public init(
        connection: ConnectionSummary? = nil, readOnly: Bool = false, dryRun: Bool = false, yes: Bool = false,
        atMost: Int? = nil, administrators: Bool = false, apiVersion: APIVersion = .standard, interactive: Bool = false
    ) {
        self.connection = connection
        self.readOnly = readOnly
        self.dryRun = dryRun
        self.yes = yes
        self.atMost = atMost
        self.administrators = administrators
        self.apiVersion = apiVersion
        self.interactive = interactive
    }
}
