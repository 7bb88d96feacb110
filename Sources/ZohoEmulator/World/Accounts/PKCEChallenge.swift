/// The proof a public client gives that the one who exchanges a code is the one who asked for it
/// (RFC 7636).
struct PKCEChallenge: Sendable, Equatable {
    enum Method: String, Sendable { case plain, S256 }

    let method: Method
    let challenge: String

    /// Whether a verifier answers the challenge.
    func isMet(by verifier: String) -> Bool {
        switch method {
        case .plain: verifier == challenge
        case .S256: SHA256Digest.base64URL(Array(verifier.utf8)) == challenge
        }
    }
}
