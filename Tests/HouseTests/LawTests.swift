import Foundation
import Testing
import ZoshCore
import ZoshKit

@Suite("The laws of the house")
struct LawTests {
    @Test("A room imports only what its line allows", arguments: Room.all.map(\.name))
    func importsStayInsideTheRoom(_ name: String) throws {
        let room = try #require(Room.all.first { $0.name == name })
        let files = Repository.swiftFiles(below: room.path)
        #expect(!files.isEmpty, "\(room.path) holds no Swift file")
        for file in files {
            for module in try Repository.imports(of: file) {
                #expect(
                    Room.toolchain.union(room.ours).union(room.theirs).contains(module),
                    "\(file.lastPathComponent) in \(name) imports \(module)")
            }
        }
    }

    @Test("The manifest's arrows are the allowed ones")
    func manifestArrows() throws {
        let manifest = try Repository.manifest()
        let rooms = Dictionary(uniqueKeysWithValues: Room.all.map { ($0.name, $0) })
        let regular = manifest.targets.filter { $0.type != "test" && $0.type != "system" && !$0.name.hasPrefix("C") }
        #expect(regular.count > 10)
        for target in regular where !Room.composers.contains(target.name) && rooms[target.name] != nil {
            let room = try #require(rooms[target.name])
            for dependency in target.dependencies where !dependency.isProduct {
                #expect(room.ours.contains(dependency.name), "\(target.name) depends on \(dependency.name)")
            }
        }
    }

    @Test("Only trusted rooms import ZoshTrust")
    func secretsStayWithTrustedRooms() throws {
        let files = Repository.swiftFiles(below: "Sources") + Repository.swiftFiles(below: "Plugins")
        var importers: Set<String> = []
        for file in files where try Repository.imports(of: file).contains("ZoshTrust") {
            // `Sources/ROOM/…`, `Plugins/ROOM/…`.
            let room = file.pathComponents.dropFirst(Repository.root.pathComponents.count + 1).first
            importers.insert(try #require(room))
        }
        #expect(importers.isSubset(of: Room.trusted), "\(importers.subtracting(Room.trusted)) import ZoshTrust")
        #expect(importers.isSuperset(of: ["Auth", "Connections", "Vault", "zosh"]))
        for room in Room.all where room.ours.contains("ZoshTrust") {
            #expect(Room.trusted.contains(room.name), "\(room.name) is not trusted")
        }
        // Of targets for tests alone only the doubles of its services see it.
        let mayDepend = Room.trusted.union(["SignedOut"])
        for target in try Repository.manifest().targets
        where target.type != "test" && target.dependencies.contains(where: { $0.name == "ZoshTrust" }) {
            #expect(mayDepend.contains(target.name), "\(target.name) depends on ZoshTrust")
        }
    }

    @Test("Every room of production has a line here")
    func nobodyIsForgotten() throws {
        let known = Set(Room.all.map(\.name)).union(Room.composers)
        for target in try Repository.manifest().targets where target.type != "test" && target.type != "system" {
            let isDoorToC = Repository.swiftFiles(below: "Sources/\(target.name)").isEmpty
            let isFixture =
                target.name == "LanguageFuzz"
                || FileManager.default.fileExists(
                    atPath: Repository.root.appending(path: "Tests/Fixtures/\(target.name)").path)
            #expect(
                known.contains(target.name) || isDoorToC || isFixture, "\(target.name) stands in no line of Room.all")
        }
    }

    @Test("Warnings are errors in every Swift target")
    func warningsAreErrors() throws {
        for target in try Repository.manifest().targets
        where target.type != "system" && !target.name.hasPrefix("C") && target.name != "zosh-confine" {
            #expect(
                target.settings.contains { $0.kind.keys.contains("treatAllWarnings") },
                "\(target.name) tolerates warnings")
        }
    }

    @Test("Outside the resource table no file of production spells a noun's path")
    func pathsStandInTheTable() throws {
        let spelled = try Self.spelledPaths()
        for folder in ["Sources", "Plugins"] {
            for file in Repository.swiftFiles(below: folder) {
                let isTable = file.lastPathComponent.hasPrefix("Resource+")
                guard !isTable, !file.path.contains("/ZohoEmulator/") else { continue }
                for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                    #expect(line.firstMatch(of: spelled) == nil, "\(file.lastPathComponent): \(line)")
                }
            }
        }
        for line in [
            #"path: "/users""#, #""/users/\(id)""#, #"("users/actions/count", "how many")"#, #""users?type=\(type)""#,
            #""settings/roles""#, #"("settings/fields?module=users", "")"#, #""/crm/v8/org""#, #""/org\(query)""#,
        ] { #expect(line.firstMatch(of: spelled) != nil, "\(line)") }
        for line in [#"["users", "connections", "orgs"]"#, #""settings/territories""#, #""org_id""#, #""users list""#] {
            #expect(line.firstMatch(of: spelled) == nil, "\(line)")
        }
    }

    /// The paths of all nouns of the table, with or without what stands before them. A single word is a path only
    /// where a slash or a query says so.
    private static func spelledPaths() throws -> Regex<AnyRegexOutput> {
        let paths = Resource.all.flatMap { noun in
            var paths = [noun.path]
            if case .paged(_, let count, _) = noun.reads { paths.append(count) }
            return paths.map { String($0.drop { $0 == "/" }) }
        }
        func either(_ paths: [String]) -> String {
            paths.map { NSRegularExpression.escapedPattern(for: $0) }.joined(separator: "|")
        }
        let long = paths.filter { $0.contains("/") }
        return try Regex(
            #""(/crm/[^/"]+)?/(\#(either(paths)))(["/?]|\\\()|"(\#(either(long)))(["/?]|\\\()|"(\#(either(paths)))[/?]"#
        )
    }

    private static let libraryRooms = [
        "ZoshCore", "ZoshGate", "ZoshKit", "ZoshTrust", "LineEditor", "ZohoClient", "Vault", "LoginCallback",
    ]

    @Test("No room of the library decides anything by a command's name")
    func factsInsteadOfNames() throws {
        let compared = try Regex(
            #"ignature[?!]?\.(name|path)\b[^,]*(==|!=|~=) *(\[?"|[A-Z]\w+\.path)|(==|!=) *[A-Z]\w+\.path\b|"#
                + #"(named\(|\\\()\w*[sS]ignature[?!]?\.path(\[|\.first\b)"#)
        let listed = try Regex(
            #"\]?\.contains\([^)]*ignature[?!]?\.(name|path)|switch [^{]*ignature[?!]?\.(name|path)"#)
        for room in Self.libraryRooms {
            for file in Repository.swiftFiles(below: "Sources/\(room)") {
                for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                    #expect(
                        line.firstMatch(of: compared) == nil && line.firstMatch(of: listed) == nil,
                        "\(file.lastPathComponent) asks for a command's name; its signature states facts: \(line)")
                }
            }
        }
        for line in [
            #"where stage.signature?.path == ["users", "add"] {"#, #"case .string where signature.path == ["set"]:"#,
            #"entry.signature.path == FanOut.path"#, #"words.first?.text == FanOut.path[0]"#,
            #"|| signature.name == "open""#, #"Resource.named(signature.path[0])"#,
            #"remedy: "\(signature.path[0]) fields lists""#,
        ] { #expect(line.firstMatch(of: compared) != nil, "\(line)") }
        for line in ["listing.contains(signature.name):", "switch signature.path {"] {
            #expect(line.firstMatch(of: listed) != nil, "\(line)")
        }
    }

    @Test("No error is read or edited as text: facts stand beside its sentences")
    func errorsAreNoText() throws {
        let asked = try Regex(
            #"\.(problem|remedy|consequence)[?!]?\.(hasPrefix|hasSuffix|contains|replacing|firstMatch|dropLast|"#
                + #"dropFirst|split)\(|\.(problem|remedy)[?!]?\)? *[!=]= *[^n ]"#)
        // Its own file says what a question is, and the maker of lists what one begins with.
        let own: Set<String> = ["ZoshError.swift", "Suggestion.swift"]
        for file in Repository.swiftFiles(below: "Sources") + Repository.swiftFiles(below: "Plugins")
        where !own.contains(file.lastPathComponent) {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                #expect(line.firstMatch(of: asked) == nil, "\(file.lastPathComponent): \(line)")
            }
        }
        for line in [
            #"error.problem.replacing("; nothing", with: "")"#, #"error.remedy?.hasPrefix(unsent) == true"#,
            "guard error.remedy == CommandRegistry.overview",
        ] { #expect(line.firstMatch(of: asked) != nil, "\(line)") }
    }

    /// Where a library room may spell a command, or a word that is one as well.
    private static let spelled: [(files: Set<String>, words: Set<String>?, why: String)] = [
        (["Synonyms.swift"], nil, "what other tools call each command; a name the registry lacks is passed over"),
        (["TourStep.swift"], nil, "lines to type, which are planned like typed ones"),
        (
            ["TokenError.swift", "OAuthClient.swift", "LoginOptions+Command.swift", "VaultError.swift"],
            ["auth login", "vault unlock"], "remedies"
        ),
        (["FieldWords.swift", "Join.swift"], ["on"], "the word before the field of a join"),
        (["Setting.swift", "CallConvertible.swift", "FieldValue.swift", "YAMLRenderer.swift"], ["on"], "means yes"),
        (["Assert.swift", "Count.swift", "Group.swift", "ParameterCheck.swift"], ["count"], "a column"),
        (
            ["AliasCommand.swift", "ColumnOfUsers.swift", "UserFieldNames.swift"], ["alias"],
            "a column, and a field of users"
        ),
        (["FanOut.swift"], ["connections"], "its own parameter"),
        (["PlaceHeading.swift"], ["connections", "orgs"], "headings of columns"),
        (["AuditLogTable.swift"], ["record"], "a heading of a column"),
        (["SealedStore+Keys.swift"], ["record"], "a table of the store"),
        (["FileFormat.swift"], ["ids"], "a format"),
        (["HelpPage.swift"], ["connections", "orgs"], "modules, in the order of help"),
        (["Editor.swift", "UserFile.swift"], ["bind"], "a command of libedit's own file"),
    ]

    @Test("No room of the library spells a command to decide anything")
    func factsInsteadOfSpellings() throws {
        let (names, groups) = try BuiltInCommands.names()
        #expect(names.count > 100 && names.contains("undo"))
        let decisions = try CommandDecisions(names: names, groups: groups)
        var used: Set<Int> = []
        for room in Self.libraryRooms {
            for file in Repository.swiftFiles(below: "Sources/\(room)") {
                for finding in decisions.findings(in: try String(contentsOf: file, encoding: .utf8)) {
                    let name = file.lastPathComponent
                    let place = Self.spelled.firstIndex { place in
                        place.files.contains(name) && place.words?.contains(finding.name) != false
                    }
                    if let place { used.insert(place) }
                    #expect(
                        place != nil, "\(name):\(finding.line) spells '\(finding.name)'; its signature states facts")
                }
            }
        }
        for place in Self.spelled.indices where !used.contains(place) {
            Issue.record("\(Self.spelled[place].files.sorted()) spell nothing that needs a reason")
        }
    }

    @Test("The signatures say after which commands it is not known where a line runs")
    func commandsThatLeaveTheConnection() throws {
        let leaving = try BuiltInCommands.registry().entries.map(\.signature).filter(\.mayLeaveConnection).map(\.name)
        #expect(
            Set(leaving) == [
                "auth login", "auth logout", "connections remove", "connections use", "orgs use", "source",
            ])
    }

    @Test(
        "A command that is spelled is found",
        arguments: [
            #"let switching: Set<String> = [\n    "use", "connections use",\n]"#, #"guard name == "undo" else"#,
            #"case .person: "users lookup""#, #"["let", "alias"].contains(words[0].text)"#, #"case "list", "where":"#,
            #"if "jobs" == words.first"#, #"line.hasPrefix("on ")"#, #"words.firstIndex(of: "save")"#,
            #"static let path = ["replay"]"#, #"let line = remedyOf("auth login")"#,
        ])
    func findsSpellings(_ code: String) throws {
        let (names, groups) = try BuiltInCommands.names()
        #expect(try !CommandDecisions(names: names, groups: groups).findings(in: code).isEmpty, "\(code)")
    }

    @Test(
        "What decides nothing is not",
        arguments: [
            #"let signature = Signature("orgs use", "Switch", aliases: ["undo"])"#, #"Example("jobs list", "all")"#,
            #"throw ZoshError(.auth, "signed out", remedy: "auth login")"#, #"row["count"]"#, #"// case "use":"#,
            #"names.joined(separator: " or ")"#, #"noun == "users""#, #"remedy: named ?? "jobs list")"#,
            #"error.remedy ?? "auth login""#,
            #"remedy: isOver ? "jobs show" : "jobs due")"#,
        ])
    func passesOver(_ code: String) throws {
        let (names, groups) = try BuiltInCommands.names()
        #expect(try CommandDecisions(names: names, groups: groups).findings(in: code).isEmpty, "\(code)")
    }

    @Test("There is one serial executor, one calendar beside the emulator's, one search for programs")
    func oneOfEach() throws {
        let marks: [(mark: String, home: String?)] = [
            (": SerialExecutor", "BlockingQueue.swift"), ("719_468", "Timestamp.swift"), ("gmtime", nil),
            ("posix_spawnp(", "ForegroundChild.swift"), ("\"PATH\")", "ProgramPath.swift"), ("strncmp(", nil),
        ]
        for (mark, home) in marks {
            let files = try Repository.swiftFiles(below: "Sources").filter { file in
                guard !file.path.contains("/ZohoEmulator/"), !file.path.contains("/ZoshTesting/") else { return false }
                return try String(contentsOf: file, encoding: .utf8).contains(mark)
            }
            #expect(files.map(\.lastPathComponent) == (home.map { [$0] } ?? []), "\(mark)")
        }
    }

    @Test("No module has the name of a type inside it")
    func modulesAreNotTypes() throws {
        for room in Room.all {
            let declaration = try Regex("(class|struct|enum|actor|protocol) \(room.name)\\b")
            for file in Repository.swiftFiles(below: room.path) {
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(text.firstMatch(of: declaration) == nil, "\(file.lastPathComponent) declares \(room.name)")
            }
        }
    }
}
