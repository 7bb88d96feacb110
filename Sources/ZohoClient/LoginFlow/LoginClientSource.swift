public import ZoshTrust

/// Where a login finds its OAuth client.
public protocol LoginClientSource: Sendable {
    /// The client that was named, else the only one, else one the person types.
    func choice(for wish: LoginOptions) async throws -> ChosenClient

    /// Makes sure that a login can be stored, before a code is spent.
    func prepare() async throws

    /// Offers to store a client that was typed for a login that has worked, so that the next one does not ask.
    /// - Parameter centre: the code of the data centre it has worked at.
    func offerToSave(_ client: LoginClient, of centre: String, isYes: Bool) async
}

/// A client, and the data centre it is kept with.
public struct ChosenClient: Sendable {
    /// Where a client came from that was asked for.
    public static let typed = "typed"

    public let client: LoginClient
    /// A code or suffix; nil leaves it open.
    public let dataCentre: String?

    public init(client: LoginClient, dataCentre: String?) {
        self.client = client
        self.dataCentre = dataCentre
    }

    var isTyped: Bool { client.source == Self.typed }
}
