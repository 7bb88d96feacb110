/// One of Zoho's data centres: where an account lives, and the two hosts that serve it.
///
/// Source: Zoho's CRM SDKs (one class per data centre) and the multi-DC page of the Accounts documentation. An account
/// lives in exactly one data centre, and a wrong one answers `invalid_client`, which reads like a bad client id.
///
/// For example `DataCentre.named("eu")?.api` is "https://www.zohoapis.eu".
public struct DataCentre: Sendable, Hashable {
    /// The code Zoho's callback calls `location`: `us`, `eu`, `in`, `au`, `jp`, `ca`, `sa`, `cn`.
    public let code: String
    /// `https://accounts.zoho.eu`, no trailing slash.
    public let accounts: String
    /// `https://www.zohoapis.eu`, no trailing slash; a token reply's `api_domain` wins over it.
    public let api: String

    public init(code: String, accounts: String, api: String) {
        self.code = code
        self.accounts = accounts
        self.api = api
    }

    /// What follows `zohoapis.`: `com`, `com.au`. Zoho's own configuration values are spelled like this.
    public var suffix: String {
        guard let found = api.firstRange(of: "zohoapis.") else { return code }
        return String(api[found.upperBound...])
    }

    /// Where its OAuth clients are made: `https://api-console.zoho.eu`. Nil for a data centre of one's own.
    public var console: String? {
        guard accounts.hasPrefix("https://accounts.") else { return nil }
        return "https://api-console." + accounts.dropFirst("https://accounts.".count)
    }

    /// The eight data centres documented for CRM.
    public static let known: [DataCentre] = [
        DataCentre(code: "us", accounts: "https://accounts.zoho.com", api: "https://www.zohoapis.com"),
        DataCentre(code: "eu", accounts: "https://accounts.zoho.eu", api: "https://www.zohoapis.eu"),
        DataCentre(code: "in", accounts: "https://accounts.zoho.in", api: "https://www.zohoapis.in"),
        DataCentre(code: "au", accounts: "https://accounts.zoho.com.au", api: "https://www.zohoapis.com.au"),
        DataCentre(code: "jp", accounts: "https://accounts.zoho.jp", api: "https://www.zohoapis.jp"),
        DataCentre(code: "ca", accounts: "https://accounts.zohocloud.ca", api: "https://www.zohoapis.ca"),
        DataCentre(code: "sa", accounts: "https://accounts.zoho.sa", api: "https://www.zohoapis.sa"),
        DataCentre(code: "cn", accounts: "https://accounts.zoho.com.cn", api: "https://www.zohoapis.com.cn"),
    ]

    /// The data centre meant by a code (`us`, `au`) or by a suffix (`com`, `com.au`), in any case and with blanks
    /// around it, as a copied value has them.
    public static func named(_ name: String, among all: [DataCentre] = known) -> DataCentre? {
        let wanted = name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return all.first { $0.code == wanted } ?? all.first { $0.suffix == wanted }
    }
}

/// Which of an account's three worlds a token belongs to; Zoho shows it in `api_domain` (`sandbox.zohoapis.eu`).
public enum ZohoEnvironment: String, Sendable, CaseIterable {
    case production, sandbox, developer

    /// - Parameter apiDomain: the `api_domain` of a token reply.
    public init(apiDomain: String) {
        let host = apiDomain.split(separator: "/").dropFirst().first ?? ""
        self =
            if host.hasPrefix("sandbox.") { .sandbox } else if host.hasPrefix("developer.") { .developer } else {
                .production
            }
    }
}
