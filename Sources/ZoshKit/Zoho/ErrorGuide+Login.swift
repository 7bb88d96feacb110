extension ErrorGuide {
    private static let accounts = "Zoho Accounts: OAuth errors"
    private static let validity = "CRM API: token validity"
    private static let device = "Zoho Accounts: non-browser clients"

    static let login: [ErrorGuide] = [
        ErrorGuide(
            "invalid_client", .auth, [200, 400],
            "The accounts server asked does not know this client id: the account lives in another data centre, the id "
                + "is mistyped, or the client is not enabled for that data centre.",
            remedy:
                "auth login dc=…, with the data centre the account lives in (its web address ends in .com, .eu, .in …)",
            source: accounts),
        ErrorGuide(
            "invalid_client_secret", .auth, [200, 400],
            "The client secret does not belong to this client id in this data centre; secrets differ per data centre "
                + "unless one was chosen for all.",
            remedy: "copy the secret from the API console of that data centre again", source: accounts),
        ErrorGuide(
            "invalid_redirect_uri", .auth, [200, 400],
            "The redirect address is not exactly the one registered with the client.",
            remedy: "make ZOHO_REDIRECT_URI equal to the registered one, or leave it out for a Self Client",
            source: accounts),
        ErrorGuide(
            "invalid_code", .auth, [200, 400],
            "The code or refresh token is wrong, expired, used already, revoked, or pushed out by the 21st login.",
            remedy: "grant codes live a minute or two and work once: make a new one and auth login", source: accounts,
            aliases: ["invalid_grant"]),
        ErrorGuide(
            "invalid_request", .network, [400],
            "The accounts server did not understand the request: it was not a POST, or named no grant type. zosh "
                + "always sends both, so something in between has changed it.",
            remedy: "check the data centre's address and any proxy; doctor shows what answers", source: accounts),
        ErrorGuide(
            "INVALID_OAUTHSCOPE", .auth, [401], "The token may not ask who it belongs to.",
            remedy: "auth extend AaaServer.profile.READ", source: accounts),
        ErrorGuide(
            "unsupported_grant_type", .auth, [400],
            "The accounts server does not offer this way of signing in to this client.",
            remedy: "choose the client type that fits: auth setup", source: accounts),
        ErrorGuide(
            "invalid_scope", .auth, [200, 400],
            "One of the scopes asked for does not exist; one wrong scope spoils them all.",
            remedy: "check the spelling of the scopes, or take a preset: auth login scopes=admin", source: accounts),
        ErrorGuide(
            "invalid_response_type", .auth, [200, 400],
            "The authorization request did not ask for a code. zosh always asks for one, so the address was cut or "
                + "changed on its way to the browser.",
            remedy: "auth login --no-browser, and copy the address whole", source: accounts),
        ErrorGuide(
            "access_denied", .declined, [200, 400], "The person declined the consent page.",
            remedy: "sign in again and accept: auth login", source: accounts),
        ErrorGuide(
            "Access Denied", .rateLimited, [400, 200],
            "Too many tokens were asked for in ten minutes. The login is still valid; do not delete anything.",
            remedy: "wait up to ten minutes, then try again", source: validity),
        ErrorGuide(
            "general_error", .auth, [200, 400], "Zoho's accounts server gives no reason.", remedy: "auth login",
            source: accounts),
        ErrorGuide(
            "slow_down", .rateLimited, [200, 400], "The device login was asked about more than once in 30 seconds.",
            remedy: "wait; zosh continues by itself", source: device),
        ErrorGuide(
            "authorization_pending", .auth, [200, 400], "The device code has not been entered yet.",
            remedy: "open the address shown and enter the code", source: device),
        ErrorGuide(
            "other_dc", .auth, [200, 400], "The account lives in another data centre than the one asked.",
            remedy: "zosh continues there by itself", source: device),
        ErrorGuide(
            "expired", .auth, [200, 400], "The device code has run out; it is valid for five minutes.",
            remedy: "auth login --device",
            source: device, aliases: ["expired_token"]),
    ]
}
