internal import CLibcrypto
public import ZoshKit
public import ZoshTrust

/// The address a person opens to consent, and what the answer must prove.
///
/// `access_type=offline` and `prompt=consent` together are what makes Zoho give a refresh token every time, not only
/// at the first consent. No secret is in the address. Source: authorization request, Accounts documentation.
public struct ConsentRequest: Sendable {
    /// 256 random bits; used once.
    public let state: Secret
    /// What answers the challenge in the address; nil when the client type asks for none.
    public let verifier: Secret?
    public let redirect: RedirectURI
    public let address: String
    /// Where the person is sent.
    let centre: DataCentre
    /// The path of the same page without the state, which zosh reads to find mistakes.
    let probePath: String

    static let path = "/oauth/v2/auth"

    public init(clientID: String, redirect: RedirectURI, scopes: [Scope], at centre: DataCentre, proves: Bool) {
        state = Secret(copying: Self.base64URL(Self.random()))
        verifier = proves ? Secret(copying: Self.base64URL(Self.random())) : nil
        self.redirect = redirect
        var query: [(name: String, value: String)] = [
            (name: "response_type", value: "code"), (name: "client_id", value: clientID),
            (name: "scope", value: scopes.map(\.name).joined(separator: ",")),
            (name: "redirect_uri", value: redirect.text),
            (name: "access_type", value: "offline"), (name: "prompt", value: "consent"),
        ]
        if let verifier {
            query.append((name: "code_challenge", value: Self.challenge(for: verifier)))
            query.append((name: "code_challenge_method", value: "S256"))
        }
        self.centre = centre
        probePath = Self.path + "?" + URLText.query(query)
        address = centre.accounts + Self.path + "?" + URLText.query(query + [(name: "state", value: state.revealed())])
    }

    /// RFC 7636, section 4.2: BASE64URL(SHA256(verifier)).
    static func challenge(for verifier: Secret) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        let isDone = verifier.withUnsafeBytes { zosh_sha256($0.baseAddress, $0.count, &digest) }
        precondition(isDone, "no memory for a digest")
        return base64URL(digest)
    }

    private static func random() -> [UInt8] { Secret.random(count: 32).withUnsafeBytes { Array($0) } }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        String(Base64.encoded(bytes).compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 })
    }
}
