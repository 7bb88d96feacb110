import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// The examples that need files, programs or a shell around them, as README, LANGUAGE.md and help write them, run by
/// the real program in a folder that holds what they name.
@Suite("Documented examples")
struct DocumentedExampleTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Somebody called Ada, and files by the names examples use.
    private func desk() async throws -> Program {
        var program = try await Program.signedIn(users: 30)
        let ada = try await program.run(
            [
                "users", "add", "first_name=Ada", "last_name=Lovelace", "email=ada@example.com", "role=Manager",
                "profile=Standard", "--yes",
            ])
        try #require(ada.status == 0, "\(ada.errors)")
        let asks = "param leaver: user = ada@example.com\nusers lookup $leaver | assert count == 1\n"
        let files = [
            "people.csv": "email\nada@example.com\n", "leavers.csv": "email\nada@example.com\n",
            "team.zosh": "let who = 'ada@example.com'\n",
            "offboarding.zosh": asks, "offboard.zosh": asks, "onboarding.zosh": asks,
            // Stand-ins: what is asked of other machines and people has no place in a test.
            "bin/curl": "#!/bin/sh\necho '[{\"email\":\"ada@example.com\"}]'\n", "bin/jq": "#!/bin/sh\nexec cat\n",
            "bin/mail": "#!/bin/sh\nexec cat >/dev/null\n",
        ]
        try FileManager.default.createDirectory(
            at: program.home.appending(path: "bin"), withIntermediateDirectories: true)
        for (name, text) in files {
            let file = program.home.appending(path: name)
            try text.write(to: file, atomically: true, encoding: .utf8)
            if name.hasPrefix("bin/") { chmod(file.path, 0o755) }
        }
        try FileManager.default.createSymbolicLink(
            atPath: program.home.appending(path: "bin/zosh").path, withDestinationPath: BuiltProduct.path("zosh"))
        program.environment["PATH"] = program.home.appending(path: "bin").path + ":/usr/bin:/bin"
        _ = try await program.run(["vault", "keygen", program.home.appending(path: "cron.key").path])
        return program
    }

    /// 3 is an honest end: somebody of the example is nobody here.
    private func expectFine(_ ending: Program.Ending, _ line: String) {
        #expect([0, 3].contains(ending.status), "\(line)\n\(ending.errors)\(ending.output)")
    }

    @Test("README's lines for scripts and cron run in a shell")
    func readme() async throws {
        let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
        let section = try #require(text.range(of: "## In scripts and cron"))
        let block = text[section.upperBound...].split(separator: "```", maxSplits: 2)[1]
        let lines = block.split(separator: "\n").map(String.init)
        #expect(lines.count >= 3 && lines.allSatisfy { $0.hasPrefix("zosh ") })
        let program = try await desk()
        for line in lines {
            let child = try ChildProcess(
                "/bin/sh", ["-c", line], environment: program.environment, folder: program.home.path)
            expectFine(await Program.ending(of: child), line)
        }
        await program.close()
    }

    @Test("Help's examples about files run where the files are")
    func help() async throws {
        let program = try await desk()
        let help = try await program.run(["help", "--json"])
        let manual = try JSONDecoder().decode(Manual.self, from: Data(help.output.utf8))
        let lines = manual.commands.flatMap(\.examples).map(\.line).filter { line in
            let line = line.replacing("@example.com", with: "")
            return ["open ", "save ", "source ", "replay ", "join ", "@", ".zosh", ".csv", ".json", ".key"].contains {
                line.contains($0)
            }
                // Lines of an earlier session: the shell's own tests run these.
                && !line.hasPrefix("history ")
        }
        #expect(lines.count >= 9)
        for line in lines {
            // What a line is about to write must not be there yet.
            if let name = line.firstMatch(of: /(?:save|record start) (\S+)/)?.1 {
                try? FileManager.default.removeItem(at: program.home.appending(path: String(name)))
            }
            expectFine(try await program.run(["-c", line]), line)
            if line.hasPrefix("record start") {
                try "whoami\n".write(
                    to: program.home.appending(path: "offboarding.zosh"), atomically: true, encoding: .utf8)
            }
        }
        await program.close()
    }

    private struct Manual: Decodable {
        struct Command: Decodable { let examples: [Example] }
        struct Example: Decodable { let line: String }
        let commands: [Command]
    }

    @Test("LANGUAGE.md's examples are lines that run")
    func language() async throws {
        let text = try String(contentsOf: Self.root.appending(path: "docs/LANGUAGE.md"), encoding: .utf8)
        let blocks = text.split(separator: "\n\n").filter {
            $0.split(separator: "\n").allSatisfy { $0.hasPrefix("    ") }
        }
        .map { $0.split(separator: "\n").map { String($0.dropFirst(4)) } }
        // The shape of a line and the grammar are no examples.
        let examples = blocks.filter { !$0[0].hasPrefix("COMMAND") && !$0[0].hasPrefix("program ") }
        #expect(examples.count >= 5)
        let program = try await desk()
        for example in examples {
            let whole = example.joined(separator: "\n") + "\n"
            if example[0].hasPrefix("# ") {
                let file = program.home.appending(path: "documented.zosh")
                try whole.write(to: file, atomically: true, encoding: .utf8)
                let people = try await program.run([
                    "-c", "users list type=ActiveConfirmedUsers | skip 1 | first 2 | select email",
                ]).output.split(separator: "\n")
                let parameters = ["leaver=\(people[0])", "successor=\(people[1])"]
                expectFine(try await program.run(["-f", file.path] + parameters), whole)
            } else if example[0].hasPrefix("requires ") {
                let refused = try await program.run([], input: whole)
                #expect(refused.status == 1 && refused.errors.contains("60001"), "\(refused.errors)")
            } else if example.contains(where: { $0.contains("!") && $0.contains("|") }) {
                for line in example { expectFine(try await program.run(["-c", line]), line) }
            } else if example.count == 1 {
                expectFine(try await program.run(["-c", "users list | where \(example[0])"]), whole)
            } else {
                expectFine(try await program.run([], input: whole), whole)
            }
        }
        await program.close()
    }
}
