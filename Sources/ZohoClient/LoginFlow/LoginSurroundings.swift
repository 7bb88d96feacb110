public import ZoshTrust

/// What a login takes from the configuration where the person says nothing.
public struct LoginDefaults: Sendable {
    public var dataCentre: String?
    public var redirectURI: String?
    /// Where the client's data come from, to be said once.
    public var announcement: String?

    public init(dataCentre: String? = nil, redirectURI: String? = nil, announcement: String? = nil) {
        self.dataCentre = dataCentre
        self.redirectURI = redirectURI
        self.announcement = announcement
    }
}

/// What a browser login needs to know of the machine zosh runs on, and how it opens a browser there.
public struct BrowserEnvironment: Sendable {
    /// Whether windows can be shown.
    public var hasDisplay: Bool
    /// Whether the person sits somewhere else.
    public var isRemote: Bool
    /// False when no browser could be started.
    public var open: @Sendable (String) -> Bool

    public init(hasDisplay: Bool, isRemote: Bool, open: @escaping @Sendable (String) -> Bool) {
        self.hasDisplay = hasDisplay
        self.isRemote = isRemote
        self.open = open
    }
}

/// The page a browser login returns to, for one login.
public protocol CallbackPage: Sendable {
    /// The answer that belongs to this login.
    func answer() async throws -> ConsentAnswer
    /// Whether the answer has come; `answer()` then returns soon.
    var hasAnswer: Bool { get }
    func close() async
}

/// Why there is no such page.
public enum CallbackPageFailure: Error, Sendable {
    case portTaken(Int)
    case failed(String)
}

/// The person and the machine, as far as a login needs them.
public struct LoginSurroundings: Sendable {
    var machine: BrowserEnvironment
    /// Whether a person can be asked.
    var isInteractive: @Sendable () async -> Bool
    /// Shows what is waited for; nil takes it away.
    var hold: @Sendable (String?) -> Void
    /// Listens at a redirect address of this machine for the answer that carries the state.
    var openPage: @Sendable (RedirectURI, Secret) async throws(CallbackPageFailure) -> any CallbackPage

    public init(
        machine: BrowserEnvironment, isInteractive: @escaping @Sendable () async -> Bool,
        hold: @escaping @Sendable (String?) -> Void,
        openPage:
            @escaping @Sendable (RedirectURI, Secret) async throws(CallbackPageFailure) -> any CallbackPage
    ) {
        self.machine = machine
        self.isInteractive = isInteractive
        self.hold = hold
        self.openPage = openPage
    }
}
