import Testing
import ZoshKit

@testable import ZoshCore

/// The dialect is Swift's, the work is bounded.
@Suite("Patterns")
struct PatternTests {
    private func pattern(_ text: String, foldsCase: Bool = false) throws -> ZoshCore.Pattern {
        try ZoshCore.Pattern(Literal(.string(text), at: Span(0, 0), dates: Rig.dates), foldsCase: foldsCase)
    }

    private static let texts = [
        "", "a", "A", "ab", "aab", "abc", "xabcx", "Sales", "sales", "Sales EU", "EU Sales\n", "one\ntwo", "a\r\nb",
        "ada@example.com",
        "jane.doe+x@zylker.test", "2026-01-31", "5725767000000411001", "Müller", "MÜLLER", "Mu\u{308}ller", "O’Brien",
        "日本語", "a b\tc",
        "foo_bar", "x1y22z333", "[a]", "a.b", "()", "\\", "Ωmega", "Éclair", "e\u{301}clair", "naïve", "🙂",
        "👩‍👩‍👧 "
            + "family",
        "aaaaab", "-", "]",
    ]

    @Test(
        "It finds what Swift's own finds",
        arguments: [
            "a", "^a", "a$", "^a$", "^$", "", "b|c", "^(a|b)+$", "(?i)sales", "(?i:s)ales", "s(?-i)ales", "^Sales",
            "Sales$", "a.b", "a.c", "^.*$", "(?s)^.*$",
            "(?m)^two$", "^two$", "one$", "(?m)one$", "[a-c]+", "[^a-z]", "[[:upper:]]", "[[:alpha:]&&[^a-c]]",
            "[a\\]]", "\\d+", "\\D", "\\w+", "^\\w+$", "\\W",
            "\\s", "\\S+\\s\\S+", "\\d{4}-\\d{2}", "^\\d{19}$", "x?y", "a{2}", "a{2,}", "^a{2,3}b", "a{0}", "a{,2}b",
            "(ab)?c", "(a*)*b", "(a+)+$", "(?:ab|a)(?:c|bcx)",
            "\\.", "\\[a\\]", "\\\\", "\\Qa.b\\E", "ü", "(?i)ü", "M.ller", "\\p{L}+", "\\p{Lu}", "\\P{L}", "\\p{Greek}",
            "(?i)é", "\\x41", "\\u00fc", "\\u{fc}",
            "^.$", "🙂", "(?x) a b # note", "(?<name>a)b", "(?#note)ab", "\\Aab", "c\\z", "b\\Z", "Sales\\Z", "\\bab",
            "\\bSales\\b", "a+?b", ".*?b", "@[^@]+\\.com$",
            "-", "[-a]", "[a-]", "\\t", "日.語", "’", "[\\d_]", "^[^@\\s]+@[^@\\s]+$",
        ])
    func sameAsSwift(text: String) throws {
        let ours = try pattern(text)
        let theirs = try Regex(text)
        for sample in Self.texts {
            #expect(ours.matches(sample) == ((try? theirs.firstMatch(in: sample)) != nil), "'\(text)' in '\(sample)'")
        }
        let folding = try pattern(text, foldsCase: true)
        let insensitive = theirs.ignoresCase()
        for sample in Self.texts {
            #expect(
                folding.matches(sample) == ((try? insensitive.firstMatch(in: sample)) != nil),
                "'\(text)' in '\(sample)', any case")
        }
    }

    @Test(
        "A word ends at anything but letters, marks, digits and '_'",
        arguments: [
            ("\\bcom\\b", "ada@example.com", true), ("\\bcom", "telecom", false), ("\\Bcom", "telecom", true),
            ("\\bEU\\b", "Sales-EU", true),
            ("\\bller", "Müller", false), ("bar\\b", "foo_bar", true), ("\\bbar", "foo_bar", false), ("\\b", "", false),
        ])
    func words(text: String, sample: String, isFound: Bool) throws {
        #expect(try pattern(text).matches(sample) == isFound)
    }

    @Test(
        "What cannot be bounded is refused with its name",
        arguments: [
            ("(a)\\1", "a reference to a group"), ("(?=a)", "looking ahead"), ("(?!a)b", "looking ahead"),
            ("(?<=a)b", ""),
            ("(?<!a)b", ""), ("(?>a+)b", "an atomic group"), ("a++b", "a possessive repetition"),
            ("(?:a{1000}){1000}", "repeats too much"),
            ("a{100000000000000000000}", ""), ("(((((a{30}){30}){30}){30}){30}){30}", "repeats too much"),
        ])
    func refused(text: String, what: String) throws {
        let error = try #require(throws: ZoshError.self) { try pattern(text) }
        #expect(error.kind == .usage && error.problem.contains(what), "\(error)")
    }

    @Test(
        "No pattern makes it go back",
        arguments: [
            "(a+)+$", "(a*)*$", "(a|a)+$", "(a|aa)+$", "([a-z]+)*[0-9]$", "^(\\w+\\s?)*$", "(.*)*x", "(.*a){20}x",
            "(?i)(a+)+$", "a?a?a?a?a?a?a?a?a?a?aaaaaaaaaa$",
        ])
    func linear(text: String) throws {
        // Checked by work: interrupted once for so many steps, which grow with the text and no faster.
        func work(_ length: Int) throws -> Int {
            var asked = 0
            let machine = try PatternMachine(PatternProgram(PatternParser.parse(text, foldsCase: false)))
            _ = try machine.finds(in: String(repeating: "a", count: length) + "!") { asked += 1 }
            return asked
        }
        let (small, large) = (try work(20_000), try work(80_000))
        #expect(large <= 4 * small + 8, "\(small), \(large)")
    }

    @Test("A row that takes too long ends the line, and so does the person")
    func interrupted() throws {
        let text = String(repeating: "a", count: 200_000)
        let pattern = try pattern("(a+)+$|b")
        let hasty = PatternWatch(limit: .zero)
        #expect(!PatternWatch.$current.withValue(hasty) { pattern.matches(text + "!") })
        let error = #expect(throws: ZoshError.self) { try hasty.check() }
        #expect(error?.problem.contains("a pattern took longer than") == true)
        let patient = PatternWatch(limit: .seconds(86_400))
        #expect(PatternWatch.$current.withValue(patient) { pattern.matches(text) }, "positive control")
        try patient.check()
    }

    @Test("A cancelled line ends within a text")
    func cancelled() async throws {
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            let watch = PatternWatch()
            let found = try PatternWatch.$current.withValue(watch) {
                try pattern("(a+)+$").matches(String(repeating: "a", count: 1_000_000) + "!")
            }
            #expect(!found)
            try watch.check()
        }
        task.cancel()
        await #expect { try await task.value } throws: { ($0 as? ZoshError)?.kind == .cancelled }
    }
}
