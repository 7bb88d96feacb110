import Glibc
import ZoshKit
import ZoshTrust

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
    /// Whether everything zosh keeps is removed when the process ends, as it is in a demo.
    var isThrownAway = false
    /// `ZOSH_KEY_FILE`, else the credential `zosh-key` that systemd hands to a service.
    var keyFile: String?
    /// `ZOSH_KEY_COMMAND`: a program that prints the passphrase.
    var keyCommand: String?
    var connection: String?
    /// `ZOSH_ACCOUNTS_URL` and `ZOSH_API_URL`: a data centre of one's own, for new logins.
    var ownAccounts: String?
    var ownAPI: String?
    /// Which of the four come from `.env`: a login says so before the consent.
    var fromFile: Set<String> = []
    /// Why `.env` is not used; only a login needs it.
    var fileMistake: ZoshError?

    static let secretNames = ["ZOHO_CLIENT_SECRET"]
    /// The file, in the folder zosh was started from.
    static let file = "./.env"
    private static let fileNames: Set<String> = [
        "ZOHO_CLIENT_ID", "ZOHO_CLIENT_SECRET", "ZOHO_DC", "ZOHO_REDIRECT_URI",
    ]

    static func load(environment: (String) -> String? = { name in getenv(name).map { String(cString: $0) } })
        -> Settings
    {
        var settings = Settings()
        var file: [String: String] = [:]
        do {
            if let bytes = try TrustedFile.contents(at: Self.file, danger: "have you sign in for them") {
                file = try DotEnv(bytes, path: Self.file, names: fileNames).values
            }
        } catch {
            settings.fileMistake = error
        }
        func own(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
        // No blank at either end belongs to any of the four, and an empty value says nothing: .env.example is full of
        // them.
        func zoho(_ name: String) -> String? {
            if let value = own(name)?.trimmed, !value.isEmpty { return value }
            guard let value = file[name]?.trimmed, !value.isEmpty else { return nil }
            settings.fromFile.insert(name)
            return value
        }
        settings.clientID = zoho("ZOHO_CLIENT_ID")
        settings.clientSource = settings.clientID.map { _ in
            settings.fromFile.contains("ZOHO_CLIENT_ID") ? ".env" : "environment"
        }
        // A secret beside another client's id is not this client's.
        if settings.clientSource == "environment", let other = file["ZOHO_CLIENT_ID"]?.trimmed, !other.isEmpty,
            other != settings.clientID
        {
            file["ZOHO_CLIENT_SECRET"] = nil
        }
        settings.clientSecret = zoho("ZOHO_CLIENT_SECRET").map { Secret(copying: $0) }
        settings.dataCentre = zoho("ZOHO_DC")
        settings.redirectURI = zoho("ZOHO_REDIRECT_URI")
        settings.home = own("ZOSH_HOME")
        settings.keyFile = own("ZOSH_KEY_FILE") ?? credential(in: own("CREDENTIALS_DIRECTORY"))
        settings.keyCommand = own("ZOSH_KEY_COMMAND")
        settings.connection = own("ZOSH_CONNECTION")
        settings.ownAccounts = own("ZOSH_ACCOUNTS_URL")
        settings.ownAPI = own("ZOSH_API_URL")
        return settings
    }

    /// The key file among the credentials of a systemd service; nil when the service was given none.
    ///
    /// Only its absence is passed over: one that is there and cannot be used is an error of the line that needs it, and
    /// never a reason to look for another key.
    private static func credential(in folder: String?) -> String? {
        guard let folder, folder.hasPrefix("/") else { return nil }
        let path = folder + "/zosh-key"
        var facts = stat()
        return lstat(path, &facts) == 0 || (errno != ENOENT && errno != ENOTDIR) ? path : nil
    }

    /// What a login takes from `.env`, shown before the consent: the author of that file decides who is let in.
    var announcement: String? {
        var parts: [String] = []
        if fromFile.contains("ZOHO_CLIENT_ID"), let clientID { parts.append("client \(clientID)") }
        if fromFile.contains("ZOHO_CLIENT_SECRET"), !fromFile.contains("ZOHO_CLIENT_ID") {
            parts.append("the client secret")
        }
        if fromFile.contains("ZOHO_REDIRECT_URI"), let redirectURI { parts.append("redirect address \(redirectURI)") }
        if fromFile.contains("ZOHO_DC"), let dataCentre { parts.append("data centre \(dataCentre)") }
        return parts.isEmpty ? nil : "From \(Self.file): \(parts.joined(separator: ", "))".neutralised
    }
}
