import Foundation
import Testing
import ZohoEmulator
import ZoshCore
import ZoshTesting

@testable import zosh

/// Man pages and completion scripts, which say what the signatures say.
@Suite("Man pages and completions")
struct ManualTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func pages(_ program: Program) async throws -> [String: String] {
        let folder = program.home.appending(path: "man")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let said = try await program.run(["--format", "json", "help", "--man", folder.path])
        try #require(said.status == 0, "\(said.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(said.output.contains("\"pages\": \(names.count)"), "\(said.output)")
        return try Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
            })
    }

    private struct Manual: Decodable {
        struct Command: Decodable {
            struct Parameter: Decodable { let name: String }
            struct Example: Decodable { let line: String }
            let name: String
            let aliases: [String]
            let parameters: [Parameter]
            let examples: [Example]
        }
        let commands: [Command]
    }

    /// What a page shows of a text.
    private static func shown(_ roff: String) -> String {
        [
            "\\-": "-", "\\(aq": "'", "\\(ga": "`", "\\(ha": "^", "\\(ti": "~", "\\(dq": "\"", "\\fB": "", "\\fR": "",
            "\\&": "", "\\(rs": "\\",
        ].reduce(roff) { $0.replacing($1.key, with: $1.value) }
    }

    @Test("Every command and every other name of one has a page, with its options and its examples")
    func pages() async throws {
        let program = try await Program()
        let pages = try await Self.pages(program)
        let help = try await program.run(["help", "--json"])
        let manual = try JSONDecoder().decode(Manual.self, from: Data(help.output.utf8))
        let overview = Self.shown(try #require(pages["zosh.1"]))
        var count = 1
        for command in manual.commands {
            let file = "zosh-" + command.name.replacing(" ", with: "-") + ".1"
            let lines = Self.shown(try #require(pages[file], "\(file)")).split(separator: "\n").map(String.init)
            #expect(lines.contains { $0.hasPrefix(command.name) }, "\(file) shows no usage")
            for parameter in command.parameters {
                let typed = [parameter.name + "=", "--" + parameter.name, parameter.name.uppercased()]
                #expect(
                    lines.contains { line in
                        typed.contains { line.drop { $0 == "[" }.hasPrefix($0) }
                            || ["{ … }", "= PIPELINE"].contains(line)
                    }, "\(file): \(parameter.name)")
            }
            // These are run by the tests of help's examples.
            for example in command.examples { #expect(lines.contains(example.line), "\(file): \(example.line)") }
            #expect(overview.contains("\n\(command.name)\n"), "zosh(1) does not list \(command.name)")
            for alias in command.aliases {
                let other = "zosh-" + alias.replacing(" ", with: "-") + ".1"
                #expect(pages[other] == ".so man1/\(file)\n")
            }
            count += 1 + command.aliases.count
        }
        #expect(pages.count == count && count > 80)
        await program.close()
    }

    @Test("No line of a page can be taken for a macro that none is")
    func macros() async throws {
        let program = try await Program()
        for (file, text) in try await Self.pages(program) {
            for line in text.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
                let macros = [".TH ", ".SH ", ".SS ", ".TP", ".br", ".BR ", ".so ", ".nh", ".ad l"]
                #expect(macros.contains { line.hasPrefix($0) }, "\(file): \(line)")
            }
            #expect(text.firstMatch(of: /(?:^|[^\\])-/) == nil || text.hasPrefix(".so"), "\(file) has a bare hyphen")
        }
        await program.close()
    }

    @Test("zosh(1) names the options of --help and the variables of README")
    func overview() async throws {
        let manual = Arguments.manual
        let program = try await Program()
        let help = try await program.run(["--help"]).output
        await program.close()
        let names = Set(manual.options.flatMap(\.names))
        #expect(names.count > 12 && names.isSuperset(of: ["-c", "-f", "--format", "--demo-faults", "--at-most"]))
        for name in names { #expect(help.contains(name), "\(name)") }
        let listed = help.matches(of: /\n {2}(-[^ ,\n]+)/).map { String($0.1) }
        #expect(names.isSuperset(of: listed), "\(Set(listed).subtracting(names))")
        #expect(manual.options.first { $0.names == ["--format"] }?.choices.contains("ndjson") == true)

        let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let known = manual.variables.map { $0.name + " " + $0.meaning }.joined(separator: " ")
        let rows = readme.split(separator: "\n").filter { $0.hasPrefix("| `Z") || $0.hasPrefix("| `NO") }
        #expect(rows.count > 8)
        for row in rows {
            for name in row.split(separator: "|")[0].matches(of: /`([A-Z_]+)`/).map(\.1) {
                #expect(known.contains(name), "zosh(1) does not know \(name)")
            }
        }
    }

    /// What bash would offer, in the order it would.
    private static func offers(_ line: String, _ script: URL, _ program: Program) async throws -> [String] {
        let child = try ChildProcess(
            "/bin/bash",
            [
                "--norc", "-c",
                "source \"$0\"; COMP_LINE=$1 COMP_POINT=${#1}; _zosh; printf '%s\\n' \"${COMPREPLY[@]}\"",
                script.path, line,
            ], environment: program.environment, folder: program.home.path)
        let ending = await Program.ending(of: child)
        #expect(ending.errors.isEmpty, "\(line): \(ending.errors)")
        return ending.output.split(separator: "\n").map(String.init)
    }

    @Test("bash completes words, options, values and files")
    func bash() async throws {
        let program = try await Program()
        let script = program.home.appending(path: "zosh.bash")
        try await program.run(["help", "--completions", "bash"]).output.write(
            to: script, atomically: true, encoding: .utf8)
        let cases: [(String, [String])] = [
            ("zosh use", ["use", "users"]), ("zosh users li", ["list"]), ("zosh users list ty", ["type="]),
            ("zosh users list type=Admin", ["AdminUsers"]), ("zosh users list --lim", ["--limit="]),
            ("zosh --format json users list sta", ["status="]), ("zosh --format nd", ["ndjson"]),
            ("zosh help vault slo", ["slots"]), ("zosh help users li", ["list"]),
            ("zosh users update ada --dry", ["--dry-run"]), ("zosh --demo-w", ["--demo-world"]),
            ("zosh open zosh.b", ["zosh.bash"]), ("zosh -f zosh.b", ["zosh.bash"]),
            ("zosh help --completions f", ["fish"]), ("zosh nonsense ", []), ("zosh users list ada li", ["limit="]),
        ]
        for (line, offered) in cases {
            #expect(try await Self.offers(line, script, program) == offered, "\(line)")
        }
        await program.close()
    }

    @Test("The scripts for the other shells are ones to them", arguments: [("zsh", "-n"), ("fish", "-n")])
    func others(shell: String, check: String) async throws {
        let program = try await Program()
        let script = program.home.appending(path: "zosh.\(shell)")
        let text = try await program.run(["help", "--completions", shell]).output
        #expect(text.contains("'users list'") && text.contains("type="))
        try text.write(to: script, atomically: true, encoding: .utf8)
        // Where the shell is not installed there is nobody to ask.
        if let path = ["/usr/bin/", "/bin/"].map({ $0 + shell }).first(where: FileManager.default.isExecutableFile) {
            let child = try ChildProcess(
                path, [check, script.path], environment: program.environment, folder: program.home.path)
            let ending = await Program.ending(of: child)
            #expect(ending.status == 0 && ending.errors.isEmpty, "\(ending.errors)")
        }
        await program.close()
    }
}
