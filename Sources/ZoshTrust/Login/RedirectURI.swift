public import ZoshKit

/// The address a browser login returns to: registered with the client, compared by Zoho character by character.
public struct RedirectURI: Sendable, Hashable {
    /// What zosh's own setup registers.
    public static let standard = "http://localhost:8080/api/auth_callback"

    /// Exactly as registered.
    public let text: String
    public let host: String
    public let port: Int
    /// Begins with `/`.
    public let path: String

    /// - Throws: `ZoshError.usage` for anything but `http(s)://host[:port]/path` without query and fragment.
    public init(_ text: String) throws(ZoshError) {
        func refuse(_ why: String) -> ZoshError {
            ZoshError(
                .usage, "the redirect address '\(text.neutralised)' \(why)",
                remedy:
                    "set ZOHO_REDIRECT_URI to the one registered with the client, for example \(RedirectURI.standard)")
        }
        let scheme = text.hasPrefix("https://") ? "https" : "http"
        guard text.hasPrefix(scheme + "://") else { throw refuse("is not an http address") }
        let rest = text.dropFirst(scheme.count + 3)
        guard !rest.contains(where: { "?#@\\ ".contains($0) }), rest.utf8.allSatisfy({ (0x21..<0x7F).contains($0) })
        else {
            throw refuse("holds more than host, port and path")
        }
        let authority = rest.prefix { $0 != "/" }
        path = authority.endIndex == rest.endIndex ? "/" : String(rest[authority.endIndex...])
        let bracket = authority.first == "[" ? authority.firstIndex(of: "]") : nil
        if authority.first == "[", bracket == nil { throw refuse("has a broken host") }
        let colon = authority[(bracket ?? authority.startIndex)...].firstIndex(of: ":")
        host = String(authority[..<(colon ?? authority.endIndex)])
        guard !host.isEmpty else { throw refuse("names no host") }
        if let colon {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65535).contains(number) else {
                throw refuse("has no valid port")
            }
            port = number
        } else {
            port = scheme == "https" ? 443 : 80
        }
        self.text = text
    }

    /// Whether a page on this machine can receive it: plain http to loopback.
    public var isOurs: Bool { text.hasPrefix("http://") && ["localhost", "127.0.0.1", "[::1]"].contains(host) }

    /// The `Host` headers a browser may send that was led here; every other one is a rebinding attack or a mistake.
    public var hosts: Set<String> {
        Set(["localhost", "127.0.0.1", "[::1]"].flatMap { port == 80 ? [$0, "\($0):80"] : ["\($0):\(port)"] })
    }
}
