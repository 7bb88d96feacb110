internal import ZoshKit

extension Throttle {
    /// The error of an accounts server: the same as that of its own limit on tokens, and waited out like it.
    var ofTokens: ZoshError {
        ZoshError(
            .rateLimited, "the accounts server is rate-limiting us",
            remedy: "wait up to ten minutes; the login is not lost", code: TokenError.throttled)
    }
}
