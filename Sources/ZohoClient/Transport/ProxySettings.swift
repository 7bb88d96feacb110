internal import ZoshKit

/// Which proxy a request goes through: what `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say, read as curl
/// reads them.
///
/// The lower-case spelling wins over the upper-case one, the scheme's own variable over `ALL_PROXY`; an empty value
/// says nothing. This machine itself is never reached through a proxy.
struct ProxySettings: Sendable {
    /// A proxy as a variable names it.
    struct Proxy: Sendable, Hashable {
        enum Kind: Sendable, Hashable { case http, socks }

        let kind: Kind
        let host: String
        let port: Int
        /// Nil when the variable holds no user.
        let login: Login?
        /// The variable that names it.
        let variable: String

        /// Host and port, without the login.
        var text: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
    }

    struct Login: Sendable, Hashable {
        let user: String
        let password: String
    }

    /// Variable and value, per scheme; the first that is set counts.
    private let named: [String: (variable: String, value: String)]
    private let exempt: NoProxyList

    /// No proxy for anything.
    static let none = ProxySettings { _ in nil }

    /// - Parameter environment: looks a variable of this process up.
    init(environment: (String) -> String?) {
        func first(_ names: String...) -> (variable: String, value: String)? {
            for name in names.flatMap({ [$0, $0.uppercased()] }) {
                if let value = environment(name), !value.isEmpty { return (name, value) }
            }
            return nil
        }
        var named: [String: (variable: String, value: String)] = [:]
        named["https"] = first("https_proxy", "all_proxy")
        named["http"] = first("http_proxy", "all_proxy")
        self.named = named
        exempt = NoProxyList(first("no_proxy")?.value ?? "")
    }

    /// The proxy for an address; nil when it is reached directly.
    /// - Throws: `ZoshError.usage` when the variable that counts does not name a proxy.
    func proxy(for origin: WebOrigin) throws(ZoshError) -> Proxy? {
        guard !origin.isLoopback, !origin.host.hasSuffix(".localhost"), let named = named[origin.scheme],
            !exempt.covers(host: origin.host, port: origin.port)
        else { return nil }
        return try Self.read(named.value, of: named.variable)
    }

    private static func read(_ value: String, of variable: String) throws(ZoshError) -> Proxy {
        var rest = value.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        var scheme = "http"
        if let mark = rest.firstRange(of: "://") {
            scheme = rest[..<mark.lowerBound].lowercased()
            rest = rest[mark.upperBound...]
        }
        var login: Login?
        // A password may hold any other sign.
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            login = Login(
                user: URLText.unescaped(parts[0]), password: parts.count > 1 ? URLText.unescaped(parts[1]) : "")
            rest = rest[rest.index(after: at)...]
        }
        rest = rest.prefix { $0 != "/" }
        guard scheme == "http" || scheme == "socks5" || scheme == "socks5h" else {
            throw ZoshError(
                .usage,
                "\(variable) names a proxy of the kind '\(PlainText.shown(scheme, limit: 20))', which zosh cannot use",
                remedy: "use http://HOST:PORT or socks5://HOST:PORT; NO_PROXY names hosts that need no proxy")
        }
        guard scheme == "http" || login == nil else {
            throw ZoshError(
                .usage, "\(variable) holds a login for a SOCKS proxy, which zosh cannot use",
                remedy: "use an http proxy")
        }
        guard let (host, port) = address(rest) else {
            // The value may hold a password: only what stands behind it is shown.
            throw ZoshError(
                .usage, "\(variable) is not a proxy address: '\(PlainText.shown(String(rest), limit: 60))'",
                remedy: "use http://HOST:PORT")
        }
        return Proxy(kind: scheme == "http" ? .http : .socks, host: host, port: port, login: login, variable: variable)
    }

    /// Host and port; without a port curl takes 1080.
    private static func address(_ text: Substring) -> (String, Int)? {
        var host = text
        var tail: Substring = ""
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<end]
            tail = text[text.index(after: end)...]
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            tail = text[colon...]
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || !$0.isASCII }) else { return nil }
        if tail.isEmpty || tail == ":" { return (String(host), 1080) }
        guard tail.first == ":", let port = Int(tail.dropFirst()), (1...65_535).contains(port) else { return nil }
        return (String(host), port)
    }
}
