import Testing
import ZoshKit

@testable import ZoshCore

@Suite("Comparison as people mean it")
struct ComparisonTests {
    private static let manager: Value = .row(["name": "Manager", "id": "411"])
    private static let places: Value = .list([.row(["name": "Bern", "id": "1"]), .row(["name": "Rome", "id": "2"])])

    private static let rows: [Row] = [
        [
            "id": "1", "role": manager, "email": "Ada@Acme.test", "status": "active", "city": "active",
            "places": places, "confirm": true, "tags": .list(["x", "y"]),
        ],
        [
            "id": "2", "role": .row(["name": "CEO", "id": "412"]), "email": "bob@acme.test", "status": "disabled",
            "city": "disabled", "places": .list([]), "confirm": false, "tags": .list([]),
        ],
        [
            "id": "3", "role": nil, "email": nil, "status": "deleted", "city": "deleted", "places": nil, "confirm": nil,
            "tags": nil,
        ],
    ]

    private func kept(_ condition: String) async throws -> String {
        let rig = Rig(World(Self.rows))
        rig.session.variables["some"] = .rows([["role": Self.manager]], .unknown, isWhole: true)
        rig.session.variables["sites"] = .rows([["places": Self.places]], .unknown, isWhole: true)
        try await rig.run("people | where \(condition)")
        #expect(rig.seen.errors.isEmpty)
        return rig.seen.rows.map { $0["id"]?.text ?? "?" }.joined()
    }

    @Test(
        "an object with a name is its name, and its id",
        arguments: [
            ("role == Manager", "1"), ("role != Manager", "23"), ("role == manager", ""), ("role == 411", "1"),
            ("role != 411", "23"),
            ("role in (CEO, 411)", "12"), ("role not in (CEO)", "13"), ("role ~ ^man", "1"), ("role !~ '^Man'", "23"),
            ("role contains age", "1"),
            ("role not contains e", "3"), ("role < D", "2"), ("role > D", "1"), ("role == $some.role", "1"),
            ("role in $some.role", "1"),
            ("role == $it.role", "123"), ("role", "12"),
        ])
    func objects(condition: String, ids: String) async throws { #expect(try await kept(condition) == ids) }

    @Test(
        "of a list any value counts, and the negatives mean none",
        arguments: [
            ("places.name == Bern", "1"), ("places.name != Bern", "23"), ("places.name in (Rome, Oslo)", "1"),
            ("places.name not in (Rome)", "23"),
            ("places.name ~ ^b", "1"), ("places.name !~ ^b", "23"), ("places contains ome", "1"),
            ("places.name not contains ome", "23"),
            ("places == Rome", "1"), ("places == 2", "1"), ("places.id == 2", "1"), ("places.name", "1"),
            ("not places", "23"), ("places == null", "23"),
            ("tags == y", "1"), ("tags != y", "23"), ("tags > x", "1"), ("tags.name == y", ""),
            ("places.name in $sites.places.name", "1"),
        ])
    func lists(condition: String, ids: String) async throws { #expect(try await kept(condition) == ids) }

    @Test(
        "e-mail addresses and states have no case, and a state has two words",
        arguments: [
            ("email == ada@acme.TEST", "1"), ("email != ADA@acme.test", "23"),
            ("email in (ADA@ACME.TEST, BOB@acme.test)", "12"),
            ("email contains 'ADA@'", "1"), ("email == Ada", ""), ("status == inactive", "2"),
            ("status == Active", "1"), ("status != ACTIVE", "23"),
            ("status in (Inactive, deleted)", "23"), ("status not in (inactive)", "13"),
        ])
    func words(condition: String, ids: String) async throws { #expect(try await kept(condition) == ids) }

    @Test(
        "yes and no are true and false where the field is one of them",
        arguments: [
            ("confirm == no", "2"), ("confirm == yes", "1"), ("confirm != Yes", "23"), ("confirm == true", "1"),
            ("confirm in (no)", "2"),
        ])
    func flags(condition: String, ids: String) async throws { #expect(try await kept(condition) == ids) }

    @Test(
        "a pattern without a capital letter matches in any case; escapes are no capitals",
        arguments: [
            ("email ~ acme", "12"), ("email ~ ACME", ""), ("email ~ 'acme\\S'", "12"), ("email ~ '(?-i)ada'", ""),
            ("role contains CEO", "2"), ("role contains ceo", "2"),
            ("role contains Ceo", ""),
        ])
    func smartCase(condition: String, ids: String) async throws { #expect(try await kept(condition) == ids) }

    @Test(
        "an empty text is not searched for: every text has it",
        arguments: [
            "role contains ''", "not role contains ''", "email not contains null", "email ~ ''", "places !~ ''",
        ])
    func emptyTexts(condition: String) async throws {
        let rig = Rig(World(Self.rows))
        try await rig.run("people | where \(condition)")
        #expect(rig.seen.rows.isEmpty && rig.seen.errors.count == 1)
        #expect(rig.seen.errors.first?.problem.hasPrefix("the value is empty here") == true)
    }

    @Test("every operator and its negative part the rows, whatever their values are")
    func negatives() async throws {
        let values: [Value] = [
            nil, "", "a", "A", "Ada@Acme.test", "ada@acme.test", "2026-01-31", "2026-01-31T10:00:00Z", "07", 7,
            .decimal("7.0"), true, false, .list([]),
            .list(["a", nil, 7]), .list([.list(["a"])]), Self.manager, Self.places, .row(Row()),
            .row(["name": nil, "id": "7"]), .list([Self.manager, "a"]),
        ]
        let world = World(
            values.enumerated().map { ["id": .string(String($0)), "f": $1, "g": values[values.count - 1 - $0]] })
        let operands = [
            "a", "''", "7", "null", "true", "Manager", "411", "ADA@acme.test", "2026-01-31", "$it.g", "Bern",
        ]
        for operand in operands {
            var pairs = [
                ("f == \(operand)", "f != \(operand)"), ("f in (\(operand), zzz)", "f not in (\(operand), zzz)"),
            ]
            // Nothing is not searched for.
            let isNothing = ["''", "null"].contains(operand)
            if !isNothing { pairs.append(("f contains \(operand)", "f not contains \(operand)")) }
            pairs += ["<", "<=", ">", ">="].map { ("f \($0) \(operand)", "not f \($0) \(operand)") }
            if operand != "$it.g", !isNothing { pairs.append(("f ~ \(operand)", "f !~ \(operand)")) }
            for (one, other) in pairs {
                let ids = try await [one, other].asyncMap { condition in
                    let rig = Rig(world)
                    try await rig.run("people | where \(condition) | ids")
                    #expect(rig.seen.errors.isEmpty, "\(condition)")
                    return rig.seen.rows.compactMap { $0["id"]?.text }
                }
                #expect(
                    Set(ids[0]).isDisjoint(with: ids[1]) && ids[0].count + ids[1].count == values.count,
                    "\(one) and \(other)")
            }
        }
    }

    @Test("what is equal is also joined, counted together and kept once")
    func agreement() async throws {
        let values: [Value] = [
            "a", "A", "Ada@Acme.test", "ada@acme.test", "ADA@ACME.TEST", "Manager", "411", Self.manager, "ada@acme",
            "Ada@acme",
        ]
        let comparison = ValueComparison(dates: Rig.dates)
        for one in values {
            for other in values where one.row == nil || other.row == nil {
                let isEqual = comparison.equal(one, Literal(other, at: Span(0, 0), dates: Rig.dates))
                #expect(
                    isEqual == comparison.equal(other, Literal(one, at: Span(0, 0), dates: Rig.dates)),
                    "\(one) and \(other)")
                #expect(
                    isEqual == !Set(Likeness.names(one)).isDisjoint(with: Likeness.names(other)), "\(one) and \(other)")
                if one.row == nil, other.row == nil {
                    #expect(isEqual == (Likeness.key(one) == Likeness.key(other)), "\(one) and \(other)")
                }
            }
        }
        let rig = Rig(World(values.enumerated().map { ["id": .string(String($0)), "f": $1] }))
        try await rig.run("people | group f; people | unique f | count")
        #expect(rig.seen.rows.count == 7 && rig.seen.rows.last == ["count": 6])
    }

    @Test(
        "lists and objects in group, sort, select and unique",
        arguments: [
            (
                "people | group role",
                [#"{"role":"Manager","count":1}"#, #"{"role":"CEO","count":1}"#, #"{"role":null,"count":1}"#]
            ),
            (
                "people | group places.name",
                [
                    #"{"places":{"name":"Bern"},"count":1}"#, #"{"places":{"name":"Rome"},"count":1}"#,
                    #"{"places":{"name":null},"count":2}"#,
                ]
            ),
            (
                "people | group tags, status",
                [
                    #"{"tags":"x","status":"active","count":1}"#, #"{"tags":"y","status":"active","count":1}"#,
                    #"{"tags":null,"status":"disabled","count":1}"#,
                    #"{"tags":null,"status":"deleted","count":1}"#,
                ]
            ),
            ("people | sort role | select id", [#"{"id":"2"}"#, #"{"id":"1"}"#, #"{"id":"3"}"#]),
            ("people | first 1 | select places.name as p, id", [#"{"p":["Bern","Rome"],"id":"1"}"#]),
            ("people | unique places.name | select id", [#"{"id":"1"}"#, #"{"id":"2"}"#, #"{"id":"3"}"#]),
        ])
    func stages(text: String, expected: [String]) async throws {
        let rig = Rig(World(Self.rows))
        try await rig.run(text)
        #expect(rig.seen.rows.map { JSONWriter.text(.row($0)) } == expected)
    }

    @Test(
        "a filter that leaves nothing says which values there were",
        arguments: [
            ("role == Nobody", "No row matches; role is Manager, CEO, null"),
            (
                "places.name ~ oslo and city == gone",
                "No row matches; places.name is null (2), Bern (1), Rome (1); city is active, disabled, deleted"
            ),
            ("tags.name == x", "No row matches; tags.name is null (3)"), ("status == active", nil),
        ])
    func silence(condition: String, note: String?) async throws {
        let rig = Rig(World(Self.rows))
        try await rig.run("people | where \(condition)")
        #expect(rig.seen.notes.filter { $0.hasPrefix("No row matches") } == [note].compactMap(\.self))
        let many = Rig(World((0..<3000).map { ["id": .string(String($0)), "name": .string("n\($0 % 1500)")] }))
        try await many.run("people | where name == x")
        #expect(
            many.seen.notes == [
                "No row matches; name is n0 (2), n1 (2), n2 (2), n3 (2), n4 (2) and more than 995 others"
            ])
    }

    @Test(
        "a word that is the name of a joined field is refused; the quoted text and $it.NAME are told apart",
        arguments: [
            ("where city != city_2", "city_2", ""), ("where city in (x, city_2)", "city_2", ""),
            ("where id == note", "note", ""),
            ("sort id | where note ~ note", "note", ""), ("select id, note | where id contains note", "note", ""),
            ("assert city < city_2", "city_2", ""),
            ("where city == 'city_2'", nil, ""), ("where city != $it.city_2", nil, "2"),
            ("where city == city", nil, ""),
            ("where $it.city_2 == active", nil, "12"), ("where city == City_2", nil, ""),
            ("where city in ($it.city_2)", nil, "1"),
        ])
    func joined(stage: String, word: String?, ids: String) async throws {
        let rig = Rig(World(Self.rows), files: ["hr.csv": "id,city,note\n1,active,note\n2,active,x\n9,x,y"])
        let line = "people | join hr.csv on id | \(stage)"
        try await rig.run(line)
        let error = rig.seen.errors.first
        #expect(error?.problem == word.map { "'\($0)' is a text here, and 'join' added a field of that name" })
        #expect(error?.remedy == word.map { "write '\($0)' in quotes for the text, $it.\($0) for the field" })
        if let word, let span = error?.span {
            #expect(line.dropFirst(span.lower).prefix(span.upper - span.lower) == word)
        }
        #expect(rig.seen.rows.map { $0["id"]?.text ?? "" }.joined() == ids)
    }

    @Test("the same of rows out of a file, whose fields only the rows tell")
    func joinedFiles() async throws {
        let files = ["a.csv": "id,city\n1,Bern\n2,Rome", "b.csv": "id,city\n1,Bern\n2,Oslo"]
        let refused = Rig(files: files)
        try await refused.run("open a.csv | join b.csv on id | where city != city_2")
        #expect(refused.seen.errors.first?.problem == "'city_2' is a text here, and 'join' added a field of that name")
        let kept = Rig(files: files)
        try await kept.run("open a.csv | join b.csv on id | sort id | where city != $it.city_2 | ids")
        #expect(kept.seen.rows == [["id": "2"]])
    }

    @Test("join compares e-mail addresses without case and names the side that lost rows")
    func joins() async throws {
        let rig = Rig(World(Self.rows), files: ["hr.csv": "email,left\nADA@acme.test,yes\n,no\nnobody@acme.test,no"])
        try await rig.run("people | join hr.csv on email | select id, left")
        #expect(rig.seen.rows == [["id": "1", "left": "yes"]])
        #expect(rig.seen.notes == ["No match for 2 of 3 rows of hr.csv and for 2 of 3 rows before the pipe"])
        let early = Rig(World(Self.rows), files: ["hr.csv": "email\nADA@acme.test\nnobody@acme.test"])
        try await early.run("people | join hr.csv on email | first 1")
        #expect(early.seen.rows.count == 1 && early.seen.notes.isEmpty)
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var results: [T] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
