/// What the browser shows at the end of a login: fixed pages, so that nothing from a request can become markup.
enum CallbackPages {
    static let accepted = page(
        "Back to your terminal", "Zoho has handed the login to zosh.",
        "You may close this page; zosh goes on in the terminal.")
    static let refused = page(
        "The login was not allowed", "Zoho says that access was declined.",
        "You may close this page. In the terminal, run auth login again to start over.")
    static let used = page("This login is over", "Its answer has arrived already.", "You may close this page.")
    static let stranger = page(
        "Not from this login", "zosh waits for the answer to a login it began itself, and this is not it.",
        "If you did begin one, use the newest address zosh has shown.")
    static let nothing = page(
        "Nothing here", "zosh waits for a login on this port and has no other pages.", "You may close this page.")

    /// No script, no picture, nothing from elsewhere; never kept by the browser.
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
