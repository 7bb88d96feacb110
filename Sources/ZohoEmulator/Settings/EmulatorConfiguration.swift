/// What an emulated Zoho looks like before anybody talks to it.
///
/// Everything that can differ between two runs is here, so equal configurations give equal worlds.
/// Invariant: nothing in it is read again after `Emulator.start`.
public struct EmulatorConfiguration: Sendable {
    /// How many people `type=AllUsers` lists in each organisation, disabled and deleted included.
    public var users = 25
    /// What the world, the tokens and the faults are derived from.
    public var seed: UInt64 = 1
    /// How many organisations each data centre holds.
    public var orgs = 1
    /// A world file: one JSON object with any of `org`, `users`, `roles`, `profiles` in the API's
    /// own shapes. It replaces the generated parts of the first organisation.
    public var world: [UInt8]?
    /// Milliseconds every reply waits before it is sent.
    public var latency = 0
    /// What goes wrong, as items parted by commas; empty means nothing.
    ///
    ///     ITEM = KIND [ "=" VALUE ] [ ":" RATE ] [ "@" PLACE ]
    ///
    /// Kinds that answer without doing anything: `500`, `429` and `429html` (a web page; `429=8` adds
    /// `Retry-After: 8`), `401`, `html` (a gateway's page), `throttle` (the token endpoint's "Access
    /// Denied"), `reset`, `silence` (no answer, ever). Kinds that act first: `lost` (the reply does not
    /// arrive), `truncate` (half of it does), `trickle=500` (a byte every 500 ms), `408` (a gateway
    /// gives up waiting). Odd replies: `repeat` (the first page again and again), `empty` (a page
    /// without rows that promises more), `blank` (HTTP 200 without a body), `204`, `noinfo` and `nolist`
    /// (a list without its `info`, without its list), `count=9223372036854775807`, `noscope` (a token
    /// reply without `scope`), `deadtoken` (an access token that is dead on arrival; `deadtoken:#1`
    /// is the first one only). Besides: `latency=20..80` (milliseconds) and `all`.
    ///
    /// Rates: `10%`, `#3` (only the third), `/5` (every fifth); without one, always. Places: `api`,
    /// `accounts` or a `Route`. `skew=-300`, `credits=5000` and `concurrency=5` hold for the run.
    /// Equal seeds and equal requests give equal faults.
    public var faults = ""
    /// PEM files of a certificate for `localhost` and its private key: every listener then speaks TLS and is
    /// announced as `https://localhost:PORT`. Nil means plain HTTP on 127.0.0.1.
    public var certificate: (chain: String, key: String)?
    /// The host that is announced in the place of `localhost` when listeners speak TLS; for clients behind a proxy.
    public var announcedHost = "localhost"
    /// Whether listeners agree to nothing newer than TLS 1.1, which a careful client refuses.
    public var speaksOldTLSOnly = false
    /// Codes of the data centres to run, the client's home first. Each has its own two listeners.
    public var dataCentres = ["us"]
    /// The port of the first accounts listener; 0 lets the system choose. Every other listener
    /// takes a port of the system's choice.
    public var port = 0
    /// Redirect URIs registered for the client; compared exactly.
    public var redirectURIs = ["http://localhost:8080/api/auth_callback"]
    /// Codes of the data centres in which the home client works; nil means all of them.
    public var clientDataCentres: Set<String>?
    /// The data centre where the person in front of the browser has an account; nil means the
    /// first. An authorization request at another one is redirected there.
    public var accountDataCentre: String?
    /// Keys that `/oauth/user/info` uses for the organisation beside the certain ones, such as
    /// `ZGID`, `org_id`, `organization_id` or `company_name`.
    public var userInfoOrganisationKeys: [String] = []
    /// Licences of each organisation; nil leaves room for everybody.
    public var licences: Int?
    /// API credits per rolling 24 hours and organisation; nil does not count.
    public var credits: Int?
    /// Simultaneous API calls allowed per organisation; nil does not limit.
    public var concurrency: Int?

    /// The default world: 25 people of seed 1 in one organisation of the US data centre.
    public init() {}
}
