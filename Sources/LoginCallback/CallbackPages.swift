/// What the browser shows at the end of a login: fixed pages, so that nothing from a request can become markup.
enum CallbackPages {
    static let accepted = page(
        "Back to your terminal", "Zoho has handed the login to zosh.",
        "You may close this page; continue in the terminal.")
    static let refused = page(
        "The login was not allowed", "Zoho says that access was declined.",
        "You may close this page. In the terminal, run auth login again to start over.")
    static let used = page(
        "This login is already complete", "zosh has received its answer before.", "You may close this page.")
    static let otherLogin = page(
        "Not from this login", "zosh is waiting for the answer to another login.",
        "If you started one, use the newest address that zosh has shown.")
    static let notFound = page(
        "Nothing here", "zosh is waiting for a login on this port and has no other pages.", "You may close this page.")

    /// No script, no picture, nothing from elsewhere; never cached by the browser.
    static let headers: [(name: String, value: String)] = [
        ("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        ("Connection", "close"),
    ]

    private static func page(_ title: String, _ what: String, _ next: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>zosh: \(title)</title>
        <meta name="viewport" content="width=device-width">
        <style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem;\
        color-scheme:light dark}
        h1{font-size:1.5rem}p{margin:.6rem 0}</style></head>
        <body><h1>\(title)</h1><p>\(what)</p><p>\(next)</p></body></html>

        """
    }
}
