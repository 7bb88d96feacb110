internal import ZoshKit

/// Why an accounts server gave no token: its `error`, read in the light of what was asked.
struct TokenError: Sendable {
    /// What the request was for; the same code means different things.
    enum Purpose: Sendable { case exchange, refresh, device, clientCredentials, inspection }

    /// Zoho's word for "ten access tokens in ten minutes"; with a space and capitals, unlike a person's refusal.
    static let throttled = "Access Denied"

    /// Whether Zoho asks to wait, in whichever words: that says nothing about a credential.
    private var isThrottle: Bool {
        let words = code.lowercased().replacing("_", with: " ")
        let said = description.lowercased()
        return code == Self.throttled
            || ["too many requests", "rate limit exceeded", "request limit exceeded", "throttled"].contains(words)
            || said.contains("too many requests") || said.contains("rate limit")
    }

    let code: String
    let description: String
    let purpose: Purpose
    let asked: DataCentre
    /// Where else the account could live.
    var others: [DataCentre]
    /// The command that signs in, as a remedy spells it.
    let login: String
    /// How wrong this machine's clock is, where that can be the cause.
    var skew: ClockSkew?

    var zoshError: ZoshError {
        let host = String(asked.accounts.drop { $0 != "/" }.drop { $0 == "/" })
        switch code {
        case "invalid_client":
            return error(
                .auth,
                "\(host) (\(asked.code)) does not know this "
                    + "client\(purpose == .clientCredentials ? " for this organisation" : " id")",
                "\(login) dc=…, if the account lives in another data centre "
                    + "(\(others.map(\.code).joined(separator: ", "))); "
                    + "else check the id, and that the client is enabled for \(asked.code)")
        case "invalid_client_secret":
            return error(
                .auth, "\(host) (\(asked.code)) knows the client id but not this secret",
                "copy the secret of data centre \(asked.code) from the API console again; secrets can differ per data "
                    + "centre"
            )
        case "invalid_redirect_uri":
            return error(
                .auth, "the redirect address is not the one registered with this client",
                "set ZOHO_REDIRECT_URI to exactly the registered one; a Self Client has none")
        case "invalid_code" where purpose == .device:
            return error(.auth, "Zoho no longer knows this device's code", "auth login --device")
        case "invalid_code" where purpose == .inspection:
            return error(
                .auth,
                "\(host) (\(asked.code)) does not accept this refresh token: mistyped, revoked, or of "
                    + "another client or data centre",
                "if it is of another data centre: auth inspect --refresh-token dc=…")
        case "invalid_code", "invalid_grant":
            return purpose == .refresh
                ? error(
                    .auth,
                    "Zoho no longer accepts the stored login (revoked, pushed out by the 21st login, or the password "
                        + "changed)", "auth login")
                : error(
                    .auth, "Zoho does not accept this grant code",
                    "make a new code and sign in at once; it works once, for a minute or two, in the data centre that "
                        + "made it"
                )
        case _ where isThrottle:
            return error(
                .rateLimited, "too many tokens were asked for; Zoho gives ten in ten minutes",
                "wait up to ten minutes; the login is not lost")
        case "access_denied" where purpose == .refresh || purpose == .inspection:
            return error(
                .rateLimited, "Zoho gives no token just now", "wait up to ten minutes; the login is not lost")
        case "expired", "expired_token":
            return error(.auth, "the code expired before it was entered", "auth login --device")
        case "access_denied":
            return error(
                .declined, "the consent was declined, or too many codes were asked for",
                "sign in again and accept: auth login")
        case "":
            return error(
                .network, "\(host) answered without a token and without a reason",
                "try again; if it keeps failing, check the data centre")
        default:
            let guide = ErrorGuide.entry(for: code)
            let said = description.isEmpty ? "" : ": \(PlainText.sentence(description))"
            return error(
                guide?.kind ?? .auth, "\(host) (\(asked.code)) refused with \(code)\(said)",
                guide?.remedy ?? "auth login")
        }
    }

    private func error(_ kind: ZoshError.Kind, _ problem: String, _ remedy: String) -> ZoshError {
        let clock = skew.map { "; also, this machine's clock is \($0.description)" } ?? ""
        return ZoshError(kind, problem + clock, remedy: remedy, code: code.isEmpty ? nil : code)
    }

    init(_ body: Value, purpose: Purpose, asked: DataCentre, others: [DataCentre], login: String = "auth login") {
        let row = body.row
        code = PlainText.shown(row?.string("error") ?? row?.string("code") ?? "", limit: 60)
        description = row?.string("error_description") ?? row?.string("message") ?? ""
        self.purpose = purpose
        self.asked = asked
        self.others = others
        self.login = login
    }
}
