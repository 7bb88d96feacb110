import Configuration
import SystemPackage
import ZoshKit

/// What the environment and `.env` say.
///
/// `.env` supplies only the four `ZOHO_*` values: a file that happens to lie in a folder must not be able to name a
/// key command or move zosh's own files. The environment wins over the file.
struct Settings: Sendable {
    var clientID: String?
    var clientSecret: Secret?
    /// Where the client came from, for `auth status`.
    var clientSource: String?
    var dataCentre: String?
    /// The redirect address registered with the client, for browser logins.
    var redirectURI: String?
    /// `ZOSH_HOME`: moves every file zosh owns.
    var home: String?
    var keyFile: String?
    /// `ZOSH_KEY_COMMAND`: a program that prints the passphrase.
    var keyCommand: String?
    var connection: String?
    /// `ZOSH_ACCOUNTS_URL` and `ZOSH_API_URL`: a data centre of one's own, for new logins.
    var ownAccounts: String?
    var ownAPI: String?

    static let secretNames = ["ZOHO_CLIENT_SECRET"]

    /// - Throws: `ZoshError` when `.env` exists and cannot be read.
    static func load() async throws -> Settings {
        let environment = EnvironmentVariablesProvider(secretsSpecifier: .specific(Set(secretNames)))
        let file: EnvironmentVariablesProvider
        do {
            file = try await EnvironmentVariablesProvider(
                environmentFilePath: ".env", allowMissing: true, secretsSpecifier: .specific(Set(secretNames)))
        } catch {
            throw ZoshError(.local, ".env in this folder cannot be read", remedy: "it holds NAME=value lines; see .env.example")
        }
        func own(_ name: String) -> String? { Self.value(name, environment) }
        func zoho(_ name: String) -> (value: String, source: String)? {
            Self.value(name, environment).map { ($0, "environment") } ?? Self.value(name, file).map { ($0, ".env") }
        }
        var settings = Settings()
        let id = zoho("ZOHO_CLIENT_ID")
        settings.clientID = id?.value
        settings.clientSource = id?.source
        settings.clientSecret = zoho("ZOHO_CLIENT_SECRET").map { Secret(copying: $0.value) }
        settings.dataCentre = zoho("ZOHO_DC")?.value
        settings.redirectURI = zoho("ZOHO_REDIRECT_URI")?.value
        settings.home = own("ZOSH_HOME")
        settings.keyFile = own("ZOSH_KEY_FILE")
        settings.keyCommand = own("ZOSH_KEY_COMMAND")
        settings.connection = own("ZOSH_CONNECTION")
        settings.ownAccounts = own("ZOSH_ACCOUNTS_URL")
        settings.ownAPI = own("ZOSH_API_URL")
        return settings
    }

    private static func value(_ name: String, _ provider: EnvironmentVariablesProvider) -> String? {
        // An empty value says nothing: .env.example is full of them.
        guard let text = try? provider.environmentValue(forName: name), !text.isEmpty else { return nil }
        return text
    }
}
