import Testing
import ZoshKit

/// A list of names can be read as the names it is made of.
@Suite("Names in a list")
struct ListedNamesTests {
    @Test(
        "What would look like several names, or none, is quoted",
        arguments: [
            (["Sales", "EU"], "Sales, EU"), (["Sales, EU", "Support"], "'Sales, EU', Support"),
            (["Sales; EU"], "'Sales; EU'"), (["Research and Development", "A"], "'Research and Development', A"),
            (["", " x"], "'', ' x'"), (["O'Neil's team"], "O'Neil's team"), (["O'Neil, Inc"], "\"O'Neil, Inc\""),
            (["Sales (EU, Asia)"], "Sales (EU, Asia)"), (["a\u{1B}[2J, b"], "'a\\u{1b}[2J, b'"),
        ])
    func listed(names: [String], text: String) {
        #expect(names.listedNames == text)
    }

    @Test("A few of many are quoted as well")
    func few() {
        #expect(["a, b", "c", "d", "e"].fewNames == "'a, b', c, d and 1 more")
        #expect(Suggestion.thereAre(["a, b", "c"], "roles list") == "there are: 'a, b', c")
    }

    @Test(
        "A misspelt name is suggested, by its beginning too",
        arguments: [
            ("Standrd", "Standard"), ("Slaes", "Sales Representative"), ("Salesrep", "Sales Representative"),
            ("zzz", nil),
        ])
    func suggested(typed: String, name: String?) {
        let names = ["Administrator", "Sales Representative", "Standard"]
        #expect(Suggestion.nameRemedy(for: typed, among: names) == name.map { "did you mean '\($0)'?" })
    }
}
