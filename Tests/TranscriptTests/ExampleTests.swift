import Testing
import ZoshCore
import ZoshKit

@testable import zosh

/// Every example help shows is a line that works.
@Suite("Examples")
struct ExampleTests {
    @Test("Every example of every command runs on the emulator")
    func run() async throws {
        let stage = try await Stage(["users": "30", "interactive": ""])
        _ = await stage.play(
            "users add first_name=Ada last_name=Lovelace email=ada@example.com role=Manager profile=Standard --yes", [])
        var count = 0
        for entry in stage.engine.registry.entries {
            for example in entry.command.examples where !Self.needsAFile(example.line) {
                let lines = await stage.play(example.line, [])
                // 3 is an honest end: the person of the example is there already.
                let isFine = lines.last?.hasPrefix("=>") != true || lines.last == "=> 3"
                #expect(isFine, "\(example.line)\n\(lines.suffix(6).joined(separator: "\n"))")
                count += 1
            }
        }
        #expect(count > 40)
        await stage.close()
    }

    /// Examples about files of the reader's own, and about jobs that were stopped, are checked without running.
    private static func needsAFile(_ line: String) -> Bool {
        let line = line.replacing("@example.com", with: "")
        return [
            "jobs resume ", "jobs cancel ", "open ", "save ", "source ", "history run ", "replay ", "join ", "@",
            ".plan", ".zosh", ".csv", ".json", ".ndjson", ".key",
        ]
        .contains {
            line.contains($0)
        }
    }

    @Test("Examples about files are at least lines of the language")
    func filesParse() async throws {
        let stage = try await Stage(["login": "no"])
        for entry in stage.engine.registry.entries {
            for example in entry.command.examples where Self.needsAFile(example.line) {
                let errors = await stage.engine.interpreter.check(example.line, interactive: true)
                #expect(errors.isEmpty, "\(example.line): \(errors.map(\.problem))")
            }
        }
        await stage.close()
    }
}
