import Testing
import ZoshKit

@testable import ZoshCore

struct RegistryTests {
    private struct Named: Command {
        let signature: Signature
        init(_ path: String, aliases: [String] = []) {
            signature = Signature(path, "x", effect: .local, aliases: aliases)
        }
        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream { .none }
    }

    private struct Module: ShellModule {
        let name: String
        let summary = ""
        let commands: [any Command]
    }

    @Test("two owners of one path stop the start, both named", arguments: [["a b"], ["c"]])
    func duplicates(aliases: [String]) {
        let one = Module(name: "one", commands: [Named("a b"), Named("c")])
        let two = Module(name: "two", commands: [Named("d", aliases: aliases)])
        #expect {
            _ = try CommandRegistry([one, two])
        } throws: { error in
            let problem = (error as? ZoshError)?.problem ?? ""
            return problem.contains("'one'") && problem.contains("'two'") && problem.contains("'\(aliases[0])'")
        }
    }

    private static func resolved(_ text: String, prefixes: Bool = false) throws -> String {
        let registry = try CommandRegistry([CoreModule(version: "1"), TestModule()])
        let words = text.split(separator: " ").map(String.init)
        switch registry.resolve(words, spans: words.indices.map { Span($0, $0 + 1) }, prefixes: prefixes) {
        case .command(let entry, let count, _): return "\(entry.signature.name)/\(count)"
        case .unknown(let error): return "\(error.problem)@\(error.span?.lower ?? -1): \(error.remedy ?? "")"
        }
    }

    @Test(
        "the longest path wins, and a path is found only whole",
        arguments: [
            ("users list", "users list/2"), ("users list x", "users list/2"), ("people", "users list/1"),
            ("users get x", "users lookup/2"),
            ("probe deep er x", "probe deep er/3"), ("probe deep x", "probe/1"), ("probe", "probe/1"),
            ("where a", "where/1"),
            ("quit", "exit/1"),
        ])
    func paths(text: String, expected: String) throws { #expect(try Self.resolved(text) == expected) }

    @Test(
        "the beginning of a word is enough for a person when it is the only one",
        arguments: [
            ("us li", "'us' is ambiguous: use or users@0: "), ("user li", "users list/2"),
            ("us", "'us' is ambiguous: use or users@0: "), ("users l", "'l' is ambiguous: list or lookup@1: "),
            ("use x", "use/1"), ("probe d", "probe/1"), ("users up x", "users update/2"),
        ])
    func prefixes(text: String, expected: String) throws {
        let shown = try Self.resolved(text, prefixes: true)
        #expect(shown == expected)
    }

    @Test(
        "what was meant is suggested at the word that is wrong",
        arguments: [
            ("usres list", "there is no command 'usres'@0: did you mean 'users'?"),
            ("users lsit", "'users' has no command 'lsit'@1: did you mean 'users list'?"),
            ("list users", "there is no command 'list'@0: did you mean 'users list'?"),
            ("lookup", "there is no command 'lookup'@0: did you mean 'users lookup'?"),
            (
                "users",
                "'users' needs a subcommand@0: users deactivate, users get, users list, users lookup or users update"
            ),
            (
                "users zzzzzz",
                "'users' has no command 'zzzzzz'@1: users deactivate, users get, users list, users lookup or users "
                    + "update"
            ),
            ("zzzzzz", "there is no command 'zzzzzz'@0: help"),
            ("us li", "there is no command 'us'@0: did you mean 'use'?"),
            ("users suspend", "'users' has no command 'suspend'@1: did you mean 'users deactivate'?"),
            ("users Show", "'users' has no command 'Show'@1: did you mean 'users lookup'?"),
            ("bye", "there is no command 'bye'@0: did you mean 'exit'?"),
            ("modify ada", "there is no command 'modify'@0: help"),
        ])
    func suggestions(text: String, expected: String) throws { #expect(try Self.resolved(text) == expected) }

    @Test(
        "edit distance counts the four slips of typing",
        arguments: [
            ("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "abcd", 1), ("abc", "xbc", 1),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
        ])
    func distance(a: String, b: String, expected: Int) {
        #expect(Suggestion.distance(Array(a.unicodeScalars), Array(b.unicodeScalars)) == expected)
        #expect(Suggestion.distance(Array(b.unicodeScalars), Array(a.unicodeScalars)) == expected)
    }

    @Test("nothing is suggested for what is near nothing, or too long to measure")
    func nothingNear() {
        #expect(Suggestion.nearest(to: "xyzzy", among: ["users", "list"]) == nil)
        #expect(Suggestion.nearest(to: "", among: ["a"]) == nil)
        #expect(Suggestion.nearest(to: "nope", among: ["type"]) == nil)
        #expect(
            Suggestion.nearest(to: String(repeating: "a", count: 1000), among: [String(repeating: "a", count: 1001)])
                == nil)
    }
}
