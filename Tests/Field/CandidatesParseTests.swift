import SignedOut
import Testing
import ZoshKit

@testable import ZoshCore
@testable import zosh

/// Whatever Tab offers, the line it makes is one the language accepts there.
@Suite("What Tab puts into the line")
struct CandidatesParseTests {
    private static let people = [
        Person(
            id: "4150868000000411001", name: "Ada Lovelace", email: "ada@acme.example", role: "CEO",
            profile: "Standard", status: "active"),
        Person(
            id: "4150868000000411002", name: "Sean O'Hara", email: "o'hara@acme.example", role: "CEO",
            profile: "Standard", status: "disabled"),
        Person(
            id: "4150868000000411003", name: "\u{1B}]0;x\u{07}Eve", email: "eve@acme.example", role: "Sales",
            profile: "Standard", status: "deleted"),
        Person(id: "4150868000000411004", name: "山田 太郎", email: "", role: "営業部", profile: "Standard", status: "active"),
    ]

    private static func registry() throws -> CommandRegistry {
        try CommandRegistry(
            [CoreModule(version: "1.0", keys: EditorKeys())]
                + BuiltInPlugins.modules(
                    jobs: NoJobs(), plans: NoPlans(), timed: NoDueJobs(), audit: NoAudit(), accounts: NoAccounts(),
                    vault: NoVault(), prompt: NoPrompt()))
    }

    private static func completer(_ registry: CommandRegistry) -> Completer {
        let directory = DirectorySnapshot(
            people: people,
            roles: [
                NamedID(id: "1", name: "CEO"), NamedID(id: "2", name: "Support \"Tier 2\""),
                NamedID(id: "3", name: "営業部"),
            ],
            profiles: [NamedID(id: "4", name: "Standard"), NamedID(id: "5", name: "it's")], fetchedAt: 1000)
        var around = CompletionSurroundings(
            directory: PublishedDirectory(directory),
            connections: [
                ConnectionSummary(
                    name: "acme", orgName: "Acme = Co; {1}", orgID: "9", dataCentre: "eu", environment: .production,
                    email: "me@acme.example",
                    userID: "1", apiDomain: "https://www.zohoapis.eu", scopes: [], tags: ["clients"])
            ],
            variables: ["rows": ["id", "Work E-mail", "it's", "role", "-x", "a\u{07}b"], "last": []],
            aliases: ["admins": "users list"],
            now: 1000,
            files: { _ in
                ["people.csv", "a b.csv", "it's.csv", "#x", "x\u{1B}.csv", "-f"].map {
                    ListedFile(name: $0, isFolder: false)
                }
            })
        around.parameters = { _ in
            [
                ScriptParameter(name: "leaver", type: .user, hasDefault: false),
                ScriptParameter(name: "role", type: .role, hasDefault: true),
                ScriptParameter(name: "sure", type: .boolean, hasDefault: false),
            ]
        }
        return Completer(registry, around)
    }

    /// Lines to press Tab at the end of, for one command.
    private static func lines(_ entry: CommandRegistry.Entry) -> [String] {
        let signature = entry.signature
        let name = (signature.input == .required ? "users list | " : "") + signature.name
        var lines = [
            name, name + " ", name + " x ", name + " x y ", name + " -", name + " --", name + " $", name + " $rows.",
            name + " \"$rows.",
        ]
        lines += ["a", "s", "'a", "\"s", "@", "f", "c"].map { "\(name) \($0)" }
        for parameter in signature.allParameters where parameter.kind == .option || parameter.kind == .flag {
            lines += [
                "\(name) --\(parameter.name) ", "\(name) --\(parameter.name)=", "\(name) x --\(parameter.name)=s",
            ]
            if !signature.takesFields { lines += ["\(name) \(parameter.name)=", "\(name) \(parameter.name)='s"] }
        }
        if signature.takesFields {
            lines += ["role", "profile", "status", "Reporting_To", "manager", "city", "leaver"].map {
                "\(name) x \($0)="
            }
        }
        return lines
    }

    private static let others = [
        "let ", "let x", "let x ", "let x = ", "let x = $", "alias ", "alias x ", "alias x = ", "on ", "on all ",
        "on all users ", "on all users list ",
        "on acme users list role=", "set columns ", "set columns email,", "set pager ", "set prompt ", "set format ",
        "each ", "$rows | where ",
        "$rows | where Work", "$rows | sort ", "$rows | sort -", "users list | where status ",
        "users list | where status == ",
        "users list | where status==", "users list | where status=", "users list | where role != 'S",
        "users list | where role in (",
        "users list | where role in (CEO, ", "users list | where role not in (\"S", "users list | where not ",
        "users list | where (status == active ",
        "users list | where status == active and ", "users list | where email ~ a and profile == ",
        "users list | where Reporting_To == ",
        "users list | where created_time > ", "users list | group role | where ", "users list | select email as ",
        "users list | join people.csv ",
        "users list | join people.csv on ", "users list | each { users activate $it.", "roles list | where ",
        "open people.csv | where ",
        "replay x.zosh ", "replay x.zosh leaver=", "replay x.zosh leaver=a ", "replay x.zosh sure=",
        "replay x.zosh role=S", "api get ", "help ", "help users ",
    ]

    @Test("Every candidate at every place is accepted where it stands")
    func parses() throws {
        let registry = try Self.registry()
        let completer = Self.completer(registry)
        var tried = 0
        for line in registry.entries.flatMap(Self.lines) + Self.others {
            let count = line.unicodeScalars.count
            let answer = completer.answer(line, cursor: count)
            #expect(answer.range.lower <= answer.range.upper && answer.range.upper <= count, "\(line)")
            for candidate in answer.candidates {
                tried += 1
                let text =
                    String(String.UnicodeScalarView(line.unicodeScalars.prefix(answer.range.lower)))
                    + candidate.insertion
                let inserted = Span(answer.range.lower, text.unicodeScalars.count)
                #expect(!candidate.insertion.unicodeScalars.contains { $0.value < 0x20 }, "\(text.debugDescription)")
                let wrong = Self.mistakes(in: text, registry).filter { error in
                    guard let span = error.span else { return false }
                    return span.lower < inserted.upper && inserted.lower < span.upper
                }
                #expect(wrong.isEmpty, "\(text.debugDescription): \(wrong.map(\.problem))")
            }
        }
        #expect(tried > 3000)
    }

    /// What is wrong with a line beside its not being finished.
    private static func mistakes(in text: String, _ registry: CommandRegistry) -> [ZoshError] {
        // An option waits for its value, a list for its end.
        let unfinished = text.hasSuffix("=") ? text + "1" : text
        var planner = Planner(
            registry, text: unfinished, aliases: ["admins": "users list"], variables: ["rows", "last"], dates: .system,
            prefixes: true)
        return planner.plan(Parser.parse(unfinished)).errors.filter { error in
            error.kind != .incomplete
                && ![
                    "missing", "needs", "is never closed", "expected a list", "expected a block", "out of range",
                    "must be on a",
                ].contains {
                    error.problem.contains($0)
                } && !(text.hasSuffix("=") && error.problem.contains(" is "))
        }
    }

    @Test(
        "Where something new is named, or nobody can know, nothing is offered",
        arguments: [
            "let ", "let x", "history save x.zosh ", "connections rename acme ", "users list | select email as ",
            "users list limit=", "api get zzz",
            "users list | save x.csv --append format=", "open people.csv | where ", "auth clients add ",
            "users list | where city == ",
        ])
    func nothing(_ line: String) throws {
        let registry = try Self.registry()
        let offered = Self.completer(registry).answer(line, cursor: line.unicodeScalars.count).candidates.map(
            \.insertion)
        let isChoice = line.hasSuffix("format=")
        #expect(isChoice ? !offered.contains("append=") : offered.isEmpty, "\(offered)")
    }

    @Test(
        "What may stand there is offered, best first",
        arguments: [
            ("let x ", ["= "]), ("set pager ", ["auto ", "off "]), ("replay x.zosh lea", ["leaver="]),
            ("replay x.zosh sure=", ["yes ", "no "]),
            ("replay x.zosh role=S", ["'Support \"Tier 2\"' "]),
            ("users list | where status == dis", ["disabled ", "'disabled dormant' "]),
            ("users list | where role in (CEO, S", ["'Support \"Tier 2\"'"]),
            ("users list | where profile == i", ["\"it's\" "]),
            ("users list | where status=dele", ["deleted "]), ("users list | where status !=clo", ["closed "]),
            ("users list | where status == active an", ["and "]),
            ("users list | where email no", ["not contains ", "not in ("]),
            ("users list | where email con", ["contains "]),
            ("users update o@x manager=ada", ["ada@acme.example "]),
            ("users update a@x Reporting_To=hara", ["\"o'hara@acme.example\" "]),
            ("$rows | select Wo", ["'Work E-mail'"]), ("users lookup $rows.Wo", ["\"Work E-mail\""]),
            ("users lookup $rows.\"Wo", ["\"Work E-mail\""]),
            ("on all users cou", ["count "]), ("on al", ["all"]), ("users list --fo", ["format="]),
            ("users list format=js", ["json "]),
            ("api get org", ["org "]), ("users list | group role | where c", ["count "]),
        ])
    func offers(line: String, expected: [String]) throws {
        let registry = try Self.registry()
        let offered = Self.completer(registry).answer(line, cursor: line.unicodeScalars.count).candidates.map(
            \.insertion)

        #expect(offered == expected)
    }

    @Test(
        "People a command can do nothing about come last",
        arguments: [
            ("users activate ", ["o'hara", "eve", "ada"]), ("users deactivate ", ["ada", "o'hara"]),
            ("users delete ", ["ada", "o'hara", "eve"]),
        ])
    func wrongState(line: String, order: [String]) throws {
        let registry = try Self.registry()
        let offered = Self.completer(registry).answer(line, cursor: line.unicodeScalars.count).candidates.filter {
            $0.kind == .user
        }
        .map(\.insertion)
        let places = order.compactMap { name in offered.firstIndex { $0.contains(name) } }
        #expect(places.count == order.count && places == places.sorted(), "\(offered)")
    }
}
