import ZoshCore
import ZoshKit

/// A small shell for completions: real language commands, a few like those of the modules, a dozen people.
enum CompletionRig {
    struct Named: Command {
        let signature: Signature

        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream { .none }
    }

    struct Users: ShellModule {
        let name = "users"
        let summary = "Users"
        let commands: [any Command] = [
            Named(
                signature: Signature("users list", "List users", rows: .users) {
                    Option("type", .choice(UserType.self), default: "AllUsers", "Which users")
                    Option("limit", .integer(0...), "Stop after this many")
                    Option("role", .role, "Only this role")
                }),
            Named(
                signature: Signature(
                    "users lookup", "Look users up", rows: .users, input: .optional, aliases: ["users get"]
                ) {
                    Argument("user", .user, .many, "Ids, e-mails or names")
                    Option("ids", .list(.userID), "Ids")
                }),
            Named(
                signature: Signature(
                    "users update", "Change users", input: .optional, effect: .writes, fields: .users
                ) {
                    Argument("user", .user, .many, "Who")
                }),
            Named(signature: Signature("roles create", "Make a role", effect: .writes, fields: .roles)),
            Named(
                signature: Signature("auth login", "Sign in", effect: .writesLocally) {
                    Option("dc", .dataCentre, "Data centre")
                }),
            Named(
                signature: Signature("use", "Switch connection", effect: .local) {
                    Argument("name", .connection, "Which")
                }),
            Named(
                signature: Signature("orgs use", "Switch organisation", effect: .local) {
                    Argument("organisation", .organization, "Which")
                }),
        ]
    }

    static func person(_ id: String, _ name: String, _ email: String, _ status: String = "active") -> Person {
        Person(id: id, name: name, email: email, role: "Manager", profile: "Standard", status: status)
    }

    static let people = [
        person("5550000000000000001", "Ada Lovelace", "ada@acme.example", "disabled"),
        person("5550000000000000002", "Adam Smith", "adam@acme.example"),
        person("5550000000000000003", "José García", "jose@acme.example"),
        person("5550000000000000004", "山田 太郎", "taro@acme.example"),
        person("5550000000000000005", "\u{1B}[2Jevil", "evil@acme.example"),
        person("5550000000000000006", "", "quoted 'o'@acme.example"),
    ]

    static let snapshot = DirectorySnapshot(
        people: people, roles: [NamedID(id: "1", name: "CEO"), NamedID(id: "2", name: "Sales Manager")],
        profiles: [NamedID(id: "3", name: "Administrator")], fetchedAt: 1000)

    static let connections = [
        ConnectionSummary(
            name: "acme", orgName: "Acme GmbH", orgID: "9", dataCentre: "eu", environment: .production,
            email: "me@acme.example", userID: "1",
            apiDomain: "https://www.zohoapis.eu", scopes: []),
        ConnectionSummary(
            name: "beta", orgName: "Beta", orgID: "8", dataCentre: "us", environment: .production,
            email: "me@beta.example", userID: "1",
            apiDomain: "https://www.zohoapis.com", scopes: []),
    ]

    static func completer(
        recent: [String] = [], aliases: [String: String] = [:], isRefreshing: Bool = false, isEmpty: Bool = false,
        trouble: String? = nil
    ) throws -> Completer {
        let registry = try CommandRegistry([Users(), CoreModule(version: "1")])
        let files = [
            "": [("people.csv", false), ("my files", true), (".hidden", false), ("plan.json", false)],
            "my files/": [("a b.csv", false)],
        ]
        var around = CompletionSurroundings(
            directory: isEmpty ? .empty : PublishedDirectory(snapshot), connections: connections,
            variables: ["leavers": ["id", "email"], "last": []],
            aliases: aliases, recentIDs: recent, now: 1000 + 600, isRefreshing: isRefreshing,
            files: { folder in (files[folder] ?? []).map { ListedFile(name: $0.0, isFolder: $0.1) } })
        around.trouble = trouble
        return Completer(registry, around)
    }

    /// The answer where `¦` stands in the text.
    static func answer(_ marked: String, recent: [String] = []) throws -> CompletionAnswer {
        let parts = marked.split(separator: "¦", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return try completer(recent: recent).answer(parts.joined(), cursor: parts[0].unicodeScalars.count)
    }
}
