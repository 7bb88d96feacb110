public import ZoshTrust

/// An OAuth client as the API console made it: a public id and a secret.
public struct ClientCredentials: Sendable {
    /// `1000.` and thirty letters and digits.
    public let id: String
    public let secret: Secret

    public init(id: String, secret: Secret) {
        self.id = id
        self.secret = secret
    }
}
