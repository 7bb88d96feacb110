internal import Testing

@testable internal import LineEditor

struct PastePlanTests {
    static let cases: [(text: String, line: String, plan: PastePlan)] = [
        ("one", "", .insert("one")),
        ("one two\n", "", .insert("one two")),
        ("a b\nc d\n", "", .review(["a b", "c d"])),
        ("a b\n\n\nc d", "  ", .review(["a b", "c d"])),
        ("a(b\nc)\nd e", "", .review(["a(b\nc)", "d e"])),
        ("a(b\nc)\n", "", .insert("a(b\nc)")),
        ("a b\nc(d", "", .review(["a b", "c(d"])),
        ("1\n2\n3\n", "users lookup ids=", .insert("1,2,3")),
        ("  1 \n\n2", "users lookup ", .insert("1,2")),
        ("a@b.eu\nc@d.eu", "x ", .insert("a@b.eu,c@d.eu")),
        ("1 2\n3", "users lookup ", .insert("1 2\n3")),
        ("1,2\n3", "users lookup ", .insert("1,2\n3")),
        ("1\n2", "", .review(["1", "2"])),
        ("a b\n| c d\n  | e\n", "", .insert("a b\n| c d\n  | e")),
        ("a b\n| c\nd e\n&& f\n|| g", "", .review(["a b\n| c", "d e\n&& f\n|| g"])),
        ("| c\nd", "", .review(["| c", "d"])),
        ("Jane Roe <jane@x.eu>; Max <max@y.eu>", "users lookup ", .insert("jane@x.eu,max@y.eu")),
        ("Roe, Jane <jane@x.eu>;\nDoe, Max <max@y.eu>;", "", .insert("jane@x.eu,max@y.eu")),
        ("\"Roe; Jane\" <jane@x.eu>, Max <max@y.eu>", "", .insert("jane@x.eu,max@y.eu")),
        ("Roe, Jane <jane@x.eu>, Max <max@y.eu>", "", .insert("jane@x.eu,max@y.eu")),
        ("Jane <jane@x.eu>", "users lookup ", .insert("jane@x.eu")),
        ("a@x.eu; b@x.eu", "users lookup ", .insert("a@x.eu,b@x.eu")),
        ("users lookup a@x.eu; version", "", .insert("users lookup a@x.eu; version")),
        ("users lookup | select <a@x.eu>", "", .insert("users lookup | select <a@x.eu>")),
        ("jane@x.eu", "users lookup ", .insert("jane@x.eu")),
    ]

    @Test(arguments: cases.indices)
    func `A paste is planned by its shape and the line it goes into`(index: Int) {
        let (text, line, plan) = Self.cases[index]
        let made = PastePlan(text, before: line, line: line) {
            $0.filter { $0 == "(" }.count <= $0.filter { $0 == ")" }.count
        }
        #expect(made == plan)
    }

    @Test(arguments: [
        ("1\n2\n3\n", "", PastePlan.insert("list 1 2 3")), ("1\n\n 2 \n", "  ", .insert("list 1 2")),
        ("1,\n2;\n", "", .insert("list 1 2")), ("a@b.eu\nc@d.eu", "", .insert("list a@b.eu c@d.eu")),
        ("a@b.eu, c@d.eu", "", .insert("list a@b.eu c@d.eu")), ("1\na@b.eu", "", .insert("list 1 a@b.eu")),
        ("1\nusers\n", "", .review(["1", "users"])), ("1\n2 3", "", .review(["1", "2 3"])),
        ("1\n2", "users lookup ", .insert("1,2")), ("1", "", .insert("1")),
    ])
    func `Words a row that are no commands become one line; one row that is more makes them commands`(
        text: String, line: String, plan: PastePlan
    ) {
        let made = PastePlan(text, before: line, line: line, isComplete: { _ in true }) { words in
            words.contains { $0.contains(where: \.isLetter) && !$0.contains("@") }
                ? nil : "list " + words.joined(separator: " ")
        }
        #expect(made == plan)
    }

    @Test(arguments: [
        ("a\rb", "a\nb"), ("a\r\nb", "a\nb"), ("a\n\rb", "a\nb"), ("a\r\rb", "a\n\nb"), ("a\n\nb", "a\n\nb"),
        ("a\u{1B}[2Jb\u{7F}\u{85}c", "a[2Jbc"), ("a\tb", "a\tb"), ("李é\u{301}", "李é\u{301}"),
    ])
    func `Line ends become one sort and control characters go`(typed: String, clean: String) {
        #expect(Array(PastedText.clean(Array(typed.unicodeScalars)).unicodeScalars) == Array(clean.unicodeScalars))
    }

    @Test(arguments: ["\u{1B}[200~", "x\u{1B}\u{1B}[200~", "\u{1B}[20\u{1B}[200~", "[200~\u{1B}[200~"])
    func `The mark is found wherever it starts`(typed: String) {
        var mark = PasteMark()
        let completed = typed.unicodeScalars.filter { mark.advance($0) }.count
        #expect(completed == 1)
    }
}
