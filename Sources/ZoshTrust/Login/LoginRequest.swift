public import ZoshKit

/// What a login was asked for: nothing secret, nothing decided yet.
public struct LoginOptions: Sendable {
    /// The connection's name; nil takes the organisation's name.
    public var name: String?
    /// A data centre's code or suffix; nil takes the client's, `ZOHO_DC`, else `com`.
    public var dataCentre: String?
    /// A stored client's name; nil takes the environment's, else the only stored one, else asks.
    public var client: String?
    /// The scopes to ask for.
    public var scopes: [Scope]
    /// Nil takes the way that fits the client and this machine.
    public var way: LoginWay?
    /// The organisation's zgid, for client credentials.
    public var organization: String?
    /// The connection whose scopes this login widens.
    public var extending: String?
    /// Whether the person has said yes to whatever would be asked.
    public var isYes: Bool

    public init(
        name: String? = nil, dataCentre: String? = nil, client: String? = nil,
        scopes: [Scope] = ScopePreset.admin.scopes,
        way: LoginWay? = nil, organization: String? = nil, extending: String? = nil, isYes: Bool = false
    ) {
        self.name = name
        self.dataCentre = dataCentre
        self.client = client
        self.scopes = scopes
        self.way = way
        self.organization = organization
        self.extending = extending
        self.isYes = isYes
    }
}

/// An OAuth client ready to be used: a public id, a secret, and where both came from.
public struct LoginClient: Sendable {
    public let id: String
    /// Empty for a client that has none.
    public let secret: Secret
    public let kind: ClientKind
    /// `environment`, `.env`, `client acme`, `typed`; shown by `auth status`.
    public let source: String

    public init(id: String, secret: Secret, kind: ClientKind, source: String) {
        self.id = id
        self.secret = secret
        self.kind = kind
        self.source = source
    }
}

/// What a person's consent left in our hands; redeeming it is the change.
public enum LoginProof: Sendable {
    /// A grant code. `redirectURI` is the one it was sent to, nil for one made in the console; `verifier` answers the
    /// challenge of the request, when there was one.
    case code(Secret, redirectURI: String?, verifier: Secret?)
    /// The reply that ended a device's wait: JSON with the tokens.
    case tokens(Secret)
    /// Nothing beyond the client itself.
    case client(organization: String)
}

/// A login that is ready to be redeemed and stored.
public struct SignInRequest: Sendable {
    public let wish: LoginOptions
    public let way: LoginWay
    /// Nil takes what the environment names, else asks.
    public let client: LoginClient?
    /// The code of the data centre to redeem at; nil decides by the wish.
    public let dataCentre: String?
    public let proof: LoginProof

    public init(_ wish: LoginOptions, way: LoginWay, client: LoginClient?, dataCentre: String?, proof: LoginProof) {
        self.wish = wish
        self.way = way
        self.client = client
        self.dataCentre = dataCentre
        self.proof = proof
    }

    /// A grant code made in the API console's Self Client page.
    public init(name: String?, dataCentre: String?, grantCode: Secret) {
        self.init(
            LoginOptions(name: name, dataCentre: dataCentre), way: .selfClient, client: nil, dataCentre: nil,
            proof: .code(grantCode, redirectURI: nil, verifier: nil))
    }
}

/// An OAuth client to be stored.
public struct ClientDraft: Sendable {
    public let name: String
    public let id: String
    public let secret: Secret
    public let kind: ClientKind
    /// Where it signs in when nothing else is said; nil leaves it open.
    public let dataCentre: String?

    public init(name: String, id: String, secret: Secret, kind: ClientKind, dataCentre: String?) {
        self.name = name
        self.id = id
        self.secret = secret
        self.kind = kind
        self.dataCentre = dataCentre
    }
}

/// A token of another login, to be inspected and not stored.
public enum InspectedToken: Sendable {
    case access(Secret)
    case refresh(Secret, clientID: String, clientSecret: Secret)
}
