/// The refusals of the token endpoint (Accounts documentation, OAuth errors).
///
/// Most come with HTTP 200: a client has to look for `access_token`, never at the status.
enum TokenFailure: String, Error, Sendable {
    case invalid_client, invalid_client_secret, invalid_redirect_uri, invalid_code
    case access_denied
    /// Too many tokens in ten minutes: not a bad credential.
    case throttled
    /// Not a POST, or no grant type.
    case badRequest

    var reply: Reply {
        switch self {
        case .throttled:
            .json(
                400,
                [
                    "error": "Access Denied",
                    "error_description":
                        "You have made too many requests continuously. Please try again after some time.",
                    "status": "failure",
                ])
        case .badRequest: .json(400, ["error": "invalid_request"])
        default: .json(200, ["error": .string(rawValue)])
        }
    }
}
