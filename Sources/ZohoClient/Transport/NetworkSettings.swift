public import ZoshKit

/// What the environment of this process says about the way to Zoho: proxies and authorities. Never read from `.env`: a
/// file that happens to lie in a folder must not send secrets another way.
public struct NetworkSettings: Sendable {
    let proxies: ProxySettings
    let trust: TrustSettings

    /// No proxy, and the system's authorities.
    public static let plain = NetworkSettings { _ in nil }

    /// - Parameter environment: looks a variable of this process up.
    public init(environment: (String) -> String?) {
        proxies = ProxySettings(environment: environment)
        trust = TrustSettings(environment: environment)
    }

    /// The proxy that an address is reached through, and the variable that names it: `proxy.acme.example:3128
    /// (HTTPS_PROXY)`; nil without one. Its login is never part of it.
    /// - Throws: `ZoshError.usage` when the variable does not name a proxy.
    public func proxy(for address: String) throws(ZoshError) -> String? {
        guard let origin = WebOrigin(address), let proxy = try proxies.proxy(for: origin) else { return nil }
        return "\(proxy.text) (\(proxy.variable))"
    }

    /// Which variables name authorities, and what they name; empty when the system's are trusted as they are.
    /// - Throws: `ZoshError.local` when one of them holds no certificate.
    public func authorities() throws(ZoshError) -> [String] {
        _ = try trust.authorities()
        return [("SSL_CERT_FILE", trust.file), ("SSL_CERT_DIR", trust.directory)].compactMap { name, path in
            path.map { "\(name) \(PlainText.shown($0, limit: 120))" }
        }
    }
}
