import Testing

@testable import ZoshCore

/// What is surely a misspelt value, and what merely resembles one.
struct SlipTests {
    @Test(
        "a slip",
        arguments: [
            ("Lonodn", "London"), ("activ", "active"), ("Mangaer", "Manager"), ("CE0O", "CEOO"), ("grmany", "Germany"),
            ("sales-rep", "Sales Rep"), ("MARKETING", "Marketing"), ("Clientt", "Client"), ("Saels", "Sales"),
        ])
    func slips(text: String, value: String) { #expect(Slip.value(text, among: ["Other", value]) == value) }

    @Test(
        "another value",
        arguments: [
            ("Iceland", "Ireland"), ("inactive", "active"), ("unpaid", "paid"), ("Austria", "Australia"),
            ("Tier 2", "Tier 1"), ("Tier 1", "Tier 11"), ("female", "male"), ("enabled", "disabled"), ("Iran", "Iraq"),
            ("IT", "ITS"), ("", "Sales"), ("---", "+++"), ("Niger", "Nigeria"),
        ])
    func others(text: String, value: String) { #expect(Slip.value(text, among: ["Other", value]) == nil) }

    @Test(
        "a part or a pattern",
        arguments: [
            ("^Slaes", "Sales"), ("@acme.exmaple$", "example"), ("Manger$", "Manager"), ("SALES", "Sales"),
        ])
    func parts(text: String, word: String) {
        #expect(Slip.part(text, among: ["Sales EU", "Manager", "a@acme.example", "b@acme.example"]) == word)
    }

    @Test("no slip of a part", arguments: ["^Test", "\\bIt\\w", "EU|US", "contractor", "(in)?Sales"])
    func noParts(text: String) { #expect(Slip.part(text, among: ["Sales EU", "Manager", "a@acme.example"]) == nil) }

    @Test(
        "alternatives of a pattern",
        arguments: [
            ("CEO|Manager", ["CEO", "Manager"]), ("^(CEO|Manager)$", ["^CEO$", "^Manager$"]),
            ("^CEO|US$", ["^CEO", "US$"]),
            ("a(b|c)d", ["a(b|c)d"]), ("[|]", ["[|]"]), ("a||b", ["a||b"]), ("a\\|b", ["a\\|b"]), ("plain", ["plain"]),
        ])
    func alternatives(pattern: String, parts: [String]) { #expect(PatternAlternatives.of(pattern) == parts) }
}
