import Foundation
import SignedOut
import Testing
import ZoshKit
import ZoshTesting

@testable import ZoshCore
@testable import zosh

/// What an error tells the person to do can be done as it is written: every command that a text of the code spells, and
/// every option, is one the registry knows there.
@Suite("Remedies")
struct RemediesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func spelling() throws -> CommandSpelling {
        CommandSpelling(
            try CommandRegistry(
                [CoreModule(version: "1.0", history: NoHistory(), keys: EditorKeys())]
                    + BuiltInPlugins.modules(
                        jobs: NoJobs(), plans: NoPlans(), timed: NoDueJobs(), audit: NoAudit(), accounts: NoAccounts(),
                        vault: NoVault(), prompt: NoPrompt()))
        )
    }

    /// The Swift files of everything that speaks to a person; the emulator speaks Zoho's words.
    private static func sources() throws -> [String] {
        let files = try #require(FileManager.default.enumerator(atPath: root.path))
        return files.compactMap { $0 as? String }.filter { path in
            path.hasSuffix(".swift") && (path.hasPrefix("Sources/") || path.hasPrefix("Plugins/"))
                && !["Emulator", "emulator", "ZoshTesting"].contains { path.contains($0) }
        }.sorted()
    }

    @Test("Every text of the code spells commands and options that exist")
    func texts() throws {
        let spelling = try Self.spelling()
        var commands = 0
        for path in try Self.sources() {
            let text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
            let texts = SwiftTexts(text)
            // The completion scripts are programs of other shells.
            let blocks = path.hasSuffix("Completion.swift") ? [] : texts.blocks
            for literal in texts.literals + texts.inner + blocks {
                let reading = spelling.read(literal.text)
                commands += reading.commands
                #expect(
                    reading.mistakes.isEmpty,
                    """
                    \(path):\(literal.line): \(literal.text)
                    read as commands: \(reading.mistakes); a plain word goes into CommandSpelling.prose
                    """)
            }
        }
        // The scan finds what it looks for.
        #expect(commands > 150)
    }

    @Test("Every hint that a recorded session shows can be typed")
    func hints() async throws {
        let spelling = try Self.spelling()
        let folders = ["Tests/Transcripts", "Tests/Field/sessions"]
        var count = 0
        for folder in folders {
            let names = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: folder).path)
            for name in names.sorted() where name.hasSuffix(".zosht") {
                let path = Self.root.appending(path: folder).appending(path: name).path
                let transcript = Transcript(parsing: try #require(Golden.read(path)))
                for step in transcript.sessions.flatMap(\.steps) {
                    for line in step.expected where line.hasPrefix("2>   hint: ") {
                        let hint = String(line.dropFirst(11))
                        count += 1
                        let reading = spelling.read(hint)
                        #expect(reading.mistakes.isEmpty, "\(name): \(hint)")
                        #expect(spelling.takes(hint, on: step.input), "\(name): \(step.input): \(hint)")
                    }
                }
            }
        }
        #expect(count > 50)
    }

    @Test("README spells commands and options that exist")
    func readme() throws {
        let spelling = try Self.spelling()
        let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        // What a session got wrong on purpose stands between these.
        let written = text.replacing(/```zosht\n[^`]*```/, with: "")
        var commands = 0
        for code in written.matches(of: /`([^`\n]+)`/).map({ String($0.1) }) where !code.hasPrefix("make ") {
            let reading = spelling.read(code)
            commands += reading.commands
            #expect(reading.mistakes.isEmpty, "README.md: \(code): \(reading.mistakes)")
        }
        #expect(commands > 60)
    }

    @Test("Where the fields of a noun are described, a command lists them")
    func fieldLists() throws {
        let spelling = try Self.spelling()
        #expect(Resource.users.fieldsRemedy() == "users fields lists them")
        for noun in Resource.all {
            let reading = spelling.read(noun.fieldsRemedy())
            #expect(reading.commands == (noun.module == nil ? 0 : 1) && reading.mistakes.isEmpty, "\(noun.name)")
        }
    }

    @Test(
        "What does not exist is found",
        arguments: [
            "users updat ada@x.example", "auth logn", "look for them: users fnd ada", "`vault lok` closes it",
            "users activate --from F", "replay X --resum", "try again; vault verify --expct 2",
            "add --encodng utf-8",
            "auth login --no-browser, or auth setup --no-browsr", "users list typ=AdminUsers", "vault unlock fo=8h",
            "roles lst", "users list | save FILE --forc", "jobs lst", "look at it: audit shw", "approve kyes list",
            "history rn 3", "record strt FILE", "users list type=AdmnUsers", "users update ada@x.example ctiy=London",
        ])
    func mistakes(text: String) throws {
        #expect(!(try Self.spelling().read(text).mistakes.isEmpty), "\(text)")
    }

    @Test(
        "What exists is not",
        arguments: [
            "users find ada", "auth login; the first time, auth setup leads through it", "users have no field 'x'",
            "List the users whose birthday is today", "roles without users",
            "zosh vault keygen FILE", "… | select id", "run `chmod 600 x`", "add --yes to go ahead or --dry-run",
            "auth login dc=…, with the data centre", "users list type=AdminUsers | count", "vault unlock for=8h",
            "users update city=London --dry-run", "replay FILE leaver=ada@x.example --step",
        ])
    func names(text: String) throws {
        #expect(try Self.spelling().read(text).mistakes.isEmpty, "\(text)")
    }

    @Test("An option to be added belongs to a command of the line")
    func additions() throws {
        let spelling = try Self.spelling()
        #expect(spelling.takes("add --encoding windows-1252", on: "open a.csv | count"))
        #expect(!spelling.takes("add --encoding windows-1252", on: "replay a.zosh"))
        #expect(!spelling.takes("add --force to replace it", on: "users list"))
        #expect(spelling.takes("add --yes to go ahead", on: "users delete 1"))
    }
}
