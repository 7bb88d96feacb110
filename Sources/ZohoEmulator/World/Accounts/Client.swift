/// An application registered in the API console.
///
/// The id is common to the data centres it is enabled in; the documentation lets the secret be
/// common too, and here it is.
struct Client: Sendable {
    /// The console's client types that differ on the wire.
    enum Kind: Sendable { case server, selfClient, device, mobile }

    let id: String
    let secret: String
    let kind: Kind
    /// Codes of the data centres the client is enabled in.
    let dataCentres: Set<String>
    var redirectURIs: Set<String>
}

/// What a token stands for: a client acting for the caller in one organisation.
struct Authority: Sendable, Equatable {
    let client: String
    let dataCentre: String
    let zgid: String
    let scopes: Scopes
}
