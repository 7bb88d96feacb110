public import ZoshKit

/// The data centres a secret may be sent to: the documented ones, and configured ones.
///
/// Every address that arrives from outside (a token reply's `api_domain`, a callback's `accounts-server`, `serverinfo`)
/// is looked up here and refused unless scheme, host and port match exactly, so that no reply and no query string can
/// redirect a secret.
public struct DataCentreTable: Sendable {
    public let all: [DataCentre]
    /// The configured private data centre, when there is one; new logins go there.
    public let own: DataCentre?

    /// - Parameter added: further data centres, for those Zoho opens and those not certain enough to be built in. They
    ///   win over a documented one of the same code.
    public init(own: DataCentre? = nil, added: [DataCentre] = []) {
        self.own = own
        let configured = (own.map { [$0] } ?? []) + added
        let codes = Set(configured.map(\.code))
        all = configured + DataCentre.known.filter { !codes.contains($0.code) }
    }

    /// A data centre made from two addresses.
    /// - Parameter names: what an error calls the two.
    /// - Throws: `ZoshError.usage` for anything but an origin, and for plain http to anywhere but this machine.
    public static func ownDataCentre(
        code: String = "own", accounts: String, api: String,
        called names: (accounts: String, api: String) = ("ZOSH_ACCOUNTS_URL", "ZOSH_API_URL")
    ) throws(ZoshError) -> DataCentre {
        DataCentre(
            code: code, accounts: try checked(accounts, as: names.accounts).text,
            api: try checked(api, as: names.api).text)
    }

    private static func checked(_ address: String, as name: String) throws(ZoshError) -> WebOrigin {
        guard let origin = WebOrigin(address) else {
            throw ZoshError(
                .usage,
                // What stands before an @ may be a password.
                "\(name) is not an address of the form https://host[:port]: "
                    + "'\(PlainText.shown(String(address.suffix(after: "@")), limit: 80))'")
        }
        guard origin.scheme == "https" || origin.isLoopback else {
            throw ZoshError(
                .usage, "\(name) would send secrets in clear to \(origin.host)",
                remedy: "use https; plain http is for 127.0.0.1 only")
        }
        return origin
    }

    /// The data centre a new login asks: the named one, else the configured private one, else `us`.
    /// - Parameter name: a code (`us`, `au`) or a suffix (`com`, `com.au`).
    /// - Throws: `ZoshError.usage` naming the data centres there are.
    public func dataCentre(named name: String?) throws(ZoshError) -> DataCentre {
        guard let name else { return own ?? DataCentre.named("us", among: all) ?? DataCentre.known[0] }
        if let found = DataCentre.named(name, among: all) { return found }
        throw ZoshError(
            .usage, "there is no data centre '\(PlainText.shown(name, limit: 40))'",
            remedy: "use one of \(all.map(\.code).joined(separator: ", ")); Zoho's spellings com, com.au work too")
    }

    /// The data centre an `api_domain` belongs to, its sandbox and developer hosts included; nil for every other host.
    public func dataCentre(ofAPIDomain address: String) -> DataCentre? {
        guard let wanted = WebOrigin(address) else { return nil }
        return all.first { Self.apiOrigins(of: $0).contains(wanted) }
    }

    /// The data centre of an accounts server; nil for every other host.
    public func dataCentre(ofAccounts address: String) -> DataCentre? {
        guard let wanted = WebOrigin(address) else { return nil }
        return all.first { WebOrigin($0.accounts) == wanted }
    }

    /// The data centres an account could live in instead of this one.
    public func others(than asked: DataCentre) -> [DataCentre] { all.filter { $0.code != asked.code } }

    private static func apiOrigins(of centre: DataCentre) -> [WebOrigin] {
        guard let api = WebOrigin(centre.api) else { return [] }
        return [api] + ["sandbox", "developer"].compactMap { api.replacingFirstLabel("www", with: $0) }
    }
}

extension String {
    /// What stands behind the last of a sign; the whole text without one.
    fileprivate func suffix(after sign: Character) -> Substring {
        lastIndex(of: sign).map { self[index(after: $0)...] } ?? self[...]
    }
}
