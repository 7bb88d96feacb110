import Synchronization
import Testing
import ZoshKit

@testable import ZoshCore

/// `!prog` as the language sees it; real programs are run by the transcripts.
struct ProgramTests {
    private func rows(_ printed: [String], readsRows: Bool = true) throws -> [String] {
        var output = ProgramOutput(program: "p", readsRows: readsRows)
        var rows: [Row] = []
        for piece in printed { rows += try output.take(Array(piece.utf8)) }
        rows += try output.end()
        return rows.map { JSONWriter.text(.row($0)) }
    }

    @Test(
        "what a program prints becomes rows",
        arguments: [
            (["{\"a\":1}\n{\"a\":2}\n"], [#"{"a":1}"#, #"{"a":2}"#]),
            (["{\"a\"", ":1}\n\n", "{\"b\":2}"], [#"{"a":1}"#, #"{"b":2}"#]),
            (["\n\n{\"a\":1}\r\n"], [#"{"a":1}"#]),
            (["[{\"a\":1},\n", "{\"a\":2}]\n"], [#"{"a":1}"#, #"{"a":2}"#]),
            (["one\ntwo"], [#"{"line":"one"}"#, #"{"line":"two"}"#]),
            (["one\r\n\ntwo\n"], [#"{"line":"one"}"#, #"{"line":""}"#, #"{"line":"two"}"#]),
            (["12\n"], [#"{"line":"12"}"#]),
            ([""], []), (["\n"], []),
        ])
    func reading(printed: [String], expected: [String]) throws { #expect(try rows(printed) == expected) }

    @Test("kept as text, nothing is read into it")
    func text() throws { #expect(try rows(["{\"a\":1}\n"], readsRows: false) == [#"{"line":"{\"a\":1}"}"#]) }

    @Test(
        "a line that is no JSON is named by its number",
        arguments: [
            ("{\"a\":1}\n{b}\n", "line 2 of what 'p' printed is not JSON: a field needs a name in quotes"),
            ("[1,", "what 'p' printed is not JSON: the text ends where a value is expected"),
        ])
    func mistakes(printed: String, problem: String) {
        #expect { try rows([printed]) } throws: { ($0 as? ZoshError)?.problem == problem }
    }

    @Test("bytes that are no text are refused, not repaired")
    func binary() {
        var output = ProgramOutput(program: "p", readsRows: false)
        #expect { try output.take([0x61, 0xFF, 0x0A]) } throws: {
            ($0 as? ZoshError)?.problem == "line 1 of what 'p' printed is not UTF-8 text"
        }
    }

    @Test(
        "what a program must not be",
        arguments: [
            ("!", "expected a program after '!'", 0, 1), ("people | !", "expected a program after '!'", 9, 10),
            ("!jq { a }", "a program takes no block", 4, 9), ("!jq $nosuch", "there is no variable '$nosuch'", 4, 11),
        ])
    func refused(text: String, problem: String, lower: Int, upper: Int) async throws {
        let rig = Rig()
        #expect(try await rig.run(text).status == .usage)
        #expect(rig.seen.errors.map(\.problem) == [problem])
        #expect(rig.seen.errors.first?.span == Span(lower, upper))
    }

    /// Notes what was to be started, and starts nothing.
    private final class Asked: ProgramStarting {
        private let words = Mutex<[[String]]>([])
        var seen: [[String]] { words.withLock { $0 } }

        func start(_ asked: [String], hasInput: Bool) throws -> any RunningProgram {
            words.withLock { $0.append(asked) }
            throw ZoshError(.local, "started")
        }
    }

    @Test(
        "a program is given its words as they are, and rows by their ids",
        arguments: [
            ("!echo 'a b' \"c$n\" \\$x -x --y=1 z,w", ["echo", "a b", "cv", "$x", "-x", "--y=1", "z,w"]),
            ("! echo a", ["echo", "a"]), ("!echo $rows end", ["echo", "1", "2", "end"]), ("!echo ''", ["echo", ""]),
            ("!./prog", ["./prog"]),
        ])
    func words(text: String, expected: [String]) async throws {
        let asked = Asked()
        let rig = Rig(tools: Tools(programs: asked))
        try await rig.run("let n = 'v'; let rows = people | first 2; \(text)")
        #expect(asked.seen == [expected])
    }

    @Test(
        "a script runs no program unless it is allowed to",
        arguments: ["!echo a", "people | !cat", "people | each { !echo $it.id }", "alias x = !echo a"])
    func scripts(line: String) async throws {
        let asked = Asked()
        let rig = Rig(files: ["s.zosh": line], tools: Tools(programs: asked))
        for command in ["replay s.zosh", "source s.zosh", "replay s.zosh --check"] {
            #expect(try await rig.run(command).status == .usage)
            #expect(rig.seen.errors.last?.problem == "scripts may not run other programs")
        }
        #expect(asked.seen.isEmpty)
        try await rig.run("replay s.zosh --allow-external")
        if !line.hasPrefix("alias") { #expect(!asked.seen.isEmpty) }
    }

    @Test("a dry run starts no program, and says so")
    func dryRun() async throws {
        let asked = Asked()
        let rig = Rig(files: ["s.zosh": "people | !mail root"], tools: Tools(programs: asked))
        #expect(try await rig.run("replay s.zosh --allow-external --dry-run").status == .done)
        #expect(asked.seen.isEmpty)
        #expect(rig.seen.notes == ["Not run in a dry run: mail root"])
    }
}
