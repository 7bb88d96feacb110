import Foundation
import Testing
import ZohoEmulator
import ZoshKit
import ZoshTesting

/// With `--format json` or `ndjson` the last line of standard error after a failure is one JSON error.
@Suite("Errors for programs")
struct ErrorsForProgramsTests {
    /// One way to fail.
    struct Failure: CustomTestStringConvertible {
        let words: [String]
        var input = ""
        let status: Int32
        let code: String
        /// A part of the sentence.
        let problem: String
        /// What the place points at; nil where there is none.
        var text: String?

        var testDescription: String { words.joined(separator: " ") }
    }

    static let failures = [
        Failure(
            words: ["users", "list", "--nonsense"], status: 2, code: "usage", problem: "no option 'nonsense'",
            text: "--nonsense"),
        Failure(words: ["users", "lst"], status: 2, code: "usage", problem: "lst", text: "lst"),
        Failure(
            words: ["-c", "users list | where status =="], status: 2, code: "usage", problem: "a value is missing",
            text: "=="),
        Failure(
            words: ["-c", "users list | where nmae == a"], status: 2, code: "usage", problem: "nmae", text: "nmae"),
        Failure(words: ["-c", "users list 'x"], status: 2, code: "incomplete", problem: "quote", text: "'"),
        Failure(words: ["--nonsense"], status: 2, code: "usage", problem: "nonsense"),
        Failure(words: ["--at-most", "x", "users", "list"], status: 2, code: "usage", problem: "x"),
        Failure(words: ["-c", "a", "-f", "b"], status: 2, code: "usage", problem: "either -c or -f"),
        Failure(
            words: ["-f", "/nowhere/s.zosh"], status: 1, code: "notFound", problem: "/nowhere/s.zosh",
            text: "/nowhere/s.zosh"),
        Failure(
            words: ["-c", "open /nowhere.csv"], status: 1, code: "notFound", problem: "/nowhere.csv",
            text: "/nowhere.csv"),
        Failure(
            words: [], input: "users list limit=1\nusers lst\n", status: 2, code: "usage", problem: "lst", text: "lst"),
        Failure(
            words: ["users", "lookup", "nobody@zylker.example"], status: 3, code: "partial",
            problem: "nobody@zylker.example"),
        Failure(
            words: ["users", "deactivate", "nobody@zylker.example"], status: 1, code: "notFound",
            problem: "no such user", text: "nobody@zylker.example"),
        Failure(
            words: ["-c", "users list | assert count == 0"], status: 1, code: "local", problem: "count is 12",
            text: "count == 0"),
        Failure(
            words: ["--connection", "nope", "users", "list"], status: 1, code: "notFound", problem: "nope",
            text: "users list"),
        Failure(
            words: ["--read-only", "-c", "users list limit=1 | users activate"], status: 1, code: "permission",
            problem: "read-only", text: "users activate"),
    ]

    @Test("the last line says what went wrong, whatever it was", arguments: ["json", "ndjson"])
    func table(_ format: String) async throws {
        let program = try await Program.signedIn()
        for failure in Self.failures {
            let ending = try await program.run(["--format", format] + failure.words, input: failure.input)
            #expect(ending.status == failure.status, "\(failure.words): \(ending.errors)")
            let last = ending.errors.split(separator: "\n").last.map(String.init) ?? ""
            let error = try? JSONReader.value(of: last).row
            #expect(
                error?.names == ["code", "status", "problem", "details", "place", "remedy"], "\(failure.words): \(last)"
            )
            #expect(error?.string("code") == failure.code, "\(failure.words): \(last)")
            #expect(error?["status"]?.integer == Int64(failure.status), "\(failure.words): \(last)")
            #expect(error?.string("problem")?.contains(failure.problem) == true, "\(failure.words): \(last)")
            #expect(error?["place"]?.row?.string("text") == failure.text, "\(failure.words): \(last)")
        }
        await program.close()
    }

    @Test("a script names its file and line, a line may ask by itself, and nobody else gets JSON")
    func places() async throws {
        let program = try await Program.signedIn()
        let file = program.home.appending(path: "two.zosh")
        try "users count\nusers lst\n".write(to: file, atomically: true, encoding: .utf8)
        func last(_ words: [String]) async throws -> Row? {
            let line = try await program.run(words).errors.split(separator: "\n").last.map(String.init) ?? ""
            return try? JSONReader.value(of: line).row
        }
        let place = try await last(["--format", "json", "-f", file.path])?["place"]?.row
        #expect(place?.string("file") == file.path && place?["line"]?.integer == 2 && place?["column"]?.integer == 7)
        #expect(try await last(["-c", "users list --nonsense --format json"]) != nil)
        #expect(try await last(["-c", "users lookup nobody@zylker.example --format ndjson"]) != nil)
        #expect(try await last(["-c", "set format json; users lookup nobody@zylker.example"]) != nil)
        for format in ["table", "csv", "yaml"] { #expect(try await last(["--format", format, "users", "lst"]) == nil) }
        #expect(try await last(["--format", "json", "users", "count"]) == nil)
        #expect(try await last(["--format", "json", "-c", "users lst || users count"]) != nil)
        await program.close()
    }

    @Test("what ends before a line runs ends with JSON as well: no login, no network")
    func early() async throws {
        let program = try await Program.signedIn()
        await program.emulator.stop()
        let ending = try await program.run(["--format", "json", "users", "me"])
        let last = ending.errors.split(separator: "\n").last.map(String.init) ?? ""
        #expect(ending.status == 5 && (try? JSONReader.value(of: last).row?.string("code")) == "network", "\(last)")
        try FileManager.default.removeItem(at: program.home.appending(path: "zosh"))
        let out = try await program.run(["--format", "json", "users", "me"])
        let second = out.errors.split(separator: "\n").last.map(String.init) ?? ""
        #expect(out.status == 4 && (try? JSONReader.value(of: second).row?.string("code")) == "auth", "\(second)")
        try FileManager.default.removeItem(at: program.home)
    }
}
