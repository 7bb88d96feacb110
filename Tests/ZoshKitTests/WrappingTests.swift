import Testing
import ZoshKit

@Suite struct WrappingTests {
    @Test(arguments: [
        ("short", ["short"]),
        ("", [""]),
        ("hint: one two three four", ["hint: one two", "three four"]),
        ("  hint: one two three", ["  hint: one", "  two three"]),
        ("name  what it is and more", ["name  what it", "      is and", "      more"]),
        ("a very-long-address-that-stays whole", ["a", "very-long-address-that-stays", "whole"]),
        ("漢字 漢字 漢字 漢字", ["漢字 漢字 漢字", "漢字"]),
        ("trailing words    ", ["trailing words    "]),
        ("a name of two words  what it is", ["a name of two", "    words", "    what it is"]),
    ])
    func linesBreakBetweenWords(line: String, expected: [String]) {
        #expect(line.wrapped(to: 14) == expected)
    }

    @Test(arguments: 1...40) func nothingButSpacesIsLost(columns: Int) {
        let line = "  per_page=number  Rows per page (Zoho's maximum is 200), 👩‍💻 included"
        let lines = line.wrapped(to: columns)
        #expect(lines.joined().filter { $0 != " " } == line.filter { $0 != " " })
        #expect(lines.dropFirst().allSatisfy { !$0.isEmpty })
    }
}
