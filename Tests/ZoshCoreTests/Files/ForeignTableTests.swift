import Testing
import ZoshKit

@testable import ZoshCore

/// Tables as other programs write them.
struct ForeignTableTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func rows(_ name: String, _ text: String) async throws -> [Row] {
        try await LocalFiles().rows(at: folder.file(name, text)).collect()
    }

    static let person: [Row] = [["Name": "Berg, Dr.", "E-Mail": "n@x.example"]]

    @Test(arguments: [
        ("a.csv", "\"Name\";\"E-Mail\"\r\n\"Berg, Dr.\";\"n@x.example\"\r\n"),
        ("a.csv", "Name\tE-Mail\nBerg, Dr.\tn@x.example\n"),
        ("a.csv", "Name|E-Mail\nBerg, Dr.|n@x.example"), ("a.csv", "sep=;\r\nName;E-Mail\r\nBerg, Dr.;n@x.example\r\n"),
        ("a.csv", "\u{FEFF}sep=,\r\nName,E-Mail\r\n\"Berg, Dr.\",n@x.example\r\n"),
        ("a.csv", "#TYPE Selected.ADUser\r\n\"Name\",\"E-Mail\"\r\n\"Berg, Dr.\",\"n@x.example\"\r\n"),
        ("a.csv", "Name,E-Mail,,\r\n\"Berg, Dr.\",n@x.example,,\r\n"),
        ("a.csv", ",Name,E-Mail\r\n,\"Berg, Dr.\",n@x.example\r\n"),
        ("a.csv", "Name,E-Mail\r\n\"Berg, Dr.\",n@x.example,,\r\n"),
        ("a.csv", "\r\n   \r\nName,E-Mail\r\n\r\n  \r\n\"Berg, Dr.\",n@x.example\r\n\r\n"),
        (
            "a.csv",
            "Name, E-Mail\n\"Berg, Dr.\", n@x.example\n".replacing(", E", with: ",E").replacing(", n", with: ",n")
        ),
        ("a.csv", "\"Name\", \"E-Mail\"\n\"Berg, Dr.\" , \"n@x.example\"\n"),
        ("a.csv", "Name;E-Mail\rBerg, Dr.;n@x.example\r"),
        ("a.tsv", "Name\tE-Mail\r\n\"Berg, Dr.\"\tn@x.example\r\n"),
        ("a.tsv", "Name\tE-Mail\n\"Berg, Dr.\"\tn@x.example\n"),
        ("a.txt", "Name\tE-Mail\r\n\"Berg, Dr.\"\tn@x.example\r\n"), ("a.txt", "Name;E-Mail\nBerg, Dr.;n@x.example\n"),
    ])
    func `one table, written in many ways`(name: String, text: String) async throws {
        #expect(try await rows(name, text) == Self.person)
    }

    @Test func `a spreadsheet's tabs keep backslashes, zosh's own have escapes`() async throws {
        #expect(try await rows("a.tsv", "n\tp\r\n1\tCORP\\tom\r\n") == [["n": "1", "p": "CORP\\tom"]])
        #expect(try await rows("a.tsv", "n\tp\n1\ta\\{t}b\n") == [["n": "1", "p": "a\tb"]])
        #expect(
            try await rows("a.tsv", "n\tp\r\n\"a\tb\"\t\"say \"\"x\"\"\"\r\n") == [["n": "a\tb", "p": "say \"x\""]])
    }

    @Test(
        "a backslash is a backslash, whatever letter follows it and however lines end",
        arguments: [
            "CORP\\tom", "CORP\\nina", "CORP\\robin", "C:\\new\\table", "\\\\server\\share", "a\\", "\\{", "{t}",
            "\\{x}", "\\{tt}",
            "{3F2504E0-4F89}\\{t", "\\\\", "\\\"x",
        ], ["\n", "\r\n"])
    func backslashes(text: String, end: String) async throws {
        #expect(try await rows("a.tsv", "n\tp\(end)1\t\(text)\(end)") == [["n": "1", "p": .string(text)]])
    }

    @Test(arguments: [
        ("a.csv", "a,b\r\n1,2\r\n\r\n\"x\r\ny\",3,z\r\n", ":4: 3 fields where the header has 2"),
        ("a.csv", "a,b\n1\n", ":2: 1 field where the header has 2"),
        ("a.csv", "a,,b\n1,x,2\n", ":2: the value 'x' stands under no heading"),
        ("a.csv", "sep=;\na;a\n1;2\n", ":2: the header names 'a' twice"),
        ("a.json", "{\"users\":[{\"id\":\"1\"}]}\n{\"users\":[\n}", ":3: "),
        ("a.json", "{} x", ":1: text after the value"),
    ])
    func `what cannot be a row is refused with its line`(name: String, text: String, place: String) async throws {
        let error = await #expect(throws: ZoshError.self) { try await rows(name, text) }
        #expect(error?.problem.contains(name + place) == true, "\(error?.problem ?? "")")
    }

    @Test func `each row knows the line it begins in`() async throws {
        let places: [(String, String, [Int])] = [
            ("a.csv", "#TYPE x\r\na,b\r\n\"1\r\n2\",3\r\n\r\n4,5\r\n", [3, 6]),
            ("a.tsv", "a\tb\n1\t2\n\n3\t4\n", [2, 4]),
            ("a.ndjson", "\n{\"a\":1}\n\n{\"a\":2}\n", [2, 4]), ("a.txt", "\nx\n\ny\n", [2, 4]),
            ("a.json", "[\n{\"a\":1},\n\n{\"a\":[2]}]\n[{\"a\":3}]", [2, 4, 5]),
            ("a.json", "{\"info\":{},\n\"none\":[],\"users\":[\n1,\n2]}", [3, 4]),
            ("a.yaml", "users:\n  - a: 1\n  - a: 2\n", [2, 3]),
        ]
        for (name, text, lines) in places {
            #expect(try await rows(name, text).map { $0.origin?.line } == lines, "\(name)")
        }
    }

    @Test(
        arguments: [
            (#"{"users":[{"id":"1"}],"deleted":[]}"#, [["id": "1"]]),
            (#"{"users":[],"deleted":[],"info":{"count":0}}"#, []),
            (#"{"users":[{"id":"1"}]}{"users":[{"id":"2"}]}"#, [["id": "1"], ["id": "2"]]),
            (#"["a","b"]"#, [["value": "a"], ["value": "b"]]),
            (#"{"@odata.context":"x","value":[{"mail":"a@x"}]}"#, [["mail": "a@x"]]),
            (#"{"mail":"a@x","phones":["1","2"]}"#, [["mail": "a@x", "phones": .list(["1", "2"])]]),
            (#"{"id":"1","territories":[{"id":"2"}]}"#, [["id": "1", "territories": .list([.row(["id": "2"])])]]),
        ] as [(String, [Row])])
    func `the rows of a document are those of its list`(text: String, expected: [Row]) async throws {
        #expect(try await rows("a.json", text) == expected)
    }

    @Test func `headings are bounded, and so is the work`() async throws {
        let many = (0..<200_000).map(String.init).joined(separator: ",")
        for (head, problem) in [
            (String(repeating: "a.", count: 20_000) + "a", "longer than"), (many, "more than 16384 cells"),
            (String(repeating: "a.", count: 300) + "a", "levels deep"),
        ] {
            let error = await #expect(throws: ZoshError.self) { try await rows("a.csv", head + "\n1\n") }
            #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "")")
        }
        let wide = (0..<10_000).map { "c\($0).x" }.joined(separator: ",")
        #expect(try await rows("a.csv", wide + "\n" + String(repeating: ",", count: 9_999) + "\n").count == 1)
    }
}
