import Testing
import ZoshKit

@testable import ZoshCore

struct StageTests {
    /// What a pipeline over the four people gives, as compact JSON lines, or its error.
    private func given(_ text: String, files: [String: String] = [:]) async throws -> [String] {
        let rig = Rig(files: files)
        try await rig.run(text)
        if let error = rig.seen.errors.first {
            return ["\(error.problem)@\(error.span?.lower ?? -1)-\(error.span?.upper ?? -1)"]
        }
        return rig.seen.rows.map { JSONWriter.text(.row($0)) }
    }

    private func ids(_ text: String, files: [String: String] = [:]) async throws -> String {
        try await given(text + " | ids", files: files).map { $0.filter(\.isNumber) }.joined()
    }

    @Test(
        "select renames, reorders, and keeps nesting",
        arguments: [
            ("people | first 1 | select email, id", [#"{"email":"ada@acme.test","id":"1"}"#]),
            ("people | first 1 | select email id", [#"{"email":"ada@acme.test","id":"1"}"#]),
            ("people | first 1 | select role.name as role, id", [#"{"role":"CEO","id":"1"}"#]),
            ("people | first 1 | select role.name, id, role.id", [#"{"role":{"name":"CEO","id":"91"},"id":"1"}"#]),
            ("people | last 1 | select role.name as r", [#"{"r":null}"#]),
            ("people | first 1 | select id as", ["a name is missing after 'as'@29-31"]),
            ("people | first 1 | select id, id", ["'id' is selected twice@30-32"]),
            ("people | first 1 | select a..b", ["'a..b' is not a field@26-30"]),
            ("people | first 1 | select ,", ["'select' needs FIELD@19-25"]),
        ])
    func select(text: String, expected: [String]) async throws { #expect(try await given(text) == expected) }

    @Test("select tells the renderer its columns")
    func columns() async throws {
        let rig = Rig()
        try await rig.run("people | select role.name as r, email; people | where id == 1; people | count")
        #expect(rig.seen.columns.map(\.headline) == [["r", "email"], Columns.of(.users).headline, ["count"]])
    }

    @Test(
        "sort orders numbers as numbers, dates as instants, text without case, nothing last",
        arguments: [
            ("people | sort age", "3412"), ("people | sort -age", "2143"), ("people | sort age desc", "2143"),
            ("people | sort age asc", "3412"),
            ("people | sort created_time", "1234"), ("people | sort -created_time", "3214"),
            ("people | sort role.name", "1234"), ("people | sort -role.name", "3214"),
            ("people | sort status, -age", "2143"), ("people | sort status desc, age", "3412"),
            ("people | sort full_name", "1423"),
        ])
    func sort(text: String, expected: String) async throws { #expect(try await ids(text) == expected) }

    @Test("sort has one order for any mixture of values")
    func totalOrder() {
        let values: [Value] = [
            "10", "9", "9a", "1a", "b", "A", "a", 5, .decimal("5.5"), nil, true, "2026-01-31",
            "2026-01-30T23:00:00-05:00", "", .list([]), "-3",
        ]
        let keys = values.map { value in
            var bytes: [UInt8] = []
            SortKey.append(value, descends: false, Rig.dates, to: &bytes)
            return bytes
        }
        let order = values.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }.map {
            JSONWriter.text(values[$0])
        }
        #expect(
            order == [
                #""-3""#, "5", "5.5", #""9""#, #""10""#, #""2026-01-31""#, #""2026-01-30T23:00:00-05:00""#, #""""#,
                #""1a""#, #""9a""#, #""A""#, #""a""#,
                #""b""#, "[]", "true", "null",
            ])
    }

    @Test(
        "a stage that may stop early says so to the source, through every stage that passes rows on",
        arguments: [
            ("people", Demand.everything), ("people | first 2", .onePage),
            ("people | where id > 0 | select id | first 2", .onePage),
            ("people | each { people } | first 2", .onePage), ("people | unique role.name | skip 1 | first", .onePage),
            ("people | sort age | first 2", .everything), ("people | group status | first", .everything),
            ("people | count | first", .everything),
            ("people | last 2 | first", .everything), ("people | assert count == 4 | first", .everything),
            ("people | skip 1", .everything),
        ])
    func demand(text: String, expected: Demand) async throws {
        let rig = Rig()
        try await rig.run(text)
        #expect(rig.seen.errors.isEmpty)
        #expect(Set(rig.world.demands) == [expected])
    }

    @Test(
        "rows by their place",
        arguments: [
            ("people | first", "1"), ("people | first 2", "12"), ("people | first 9", "1234"), ("people | first 0", ""),
            ("people | last", "4"),
            ("people | last 2", "34"), ("people | last 9", "1234"), ("people | last 0", ""), ("people | skip", "234"),
            ("people | skip 3", "4"), ("people | skip 9", ""),
            ("people | skip 1 | first 2", "23"),
        ])
    func slices(text: String, expected: String) async throws { #expect(try await ids(text) == expected) }

    @Test("first asks for no page more than it needs")
    func lazily() async throws {
        let rig = Rig()
        try await rig.run("people | first 2 | count")
        #expect(rig.world.pages == 2)
    }

    @Test("last keeps a bounded number of rows")
    func lastIsBounded() async throws {
        let people: [Row] = (0..<5000).map { ["id": .string(String($0))] }
        let rig = Rig(World(people))
        try await rig.run("people | last 3")
        #expect(rig.seen.rows.map { $0["id"]?.text } == ["4997", "4998", "4999"])
    }

    @Test(
        "unique, group, count and ids",
        arguments: [
            ("people | unique status | select id", [#"{"id":"1"}"#, #"{"id":"3"}"#]),
            ("people | select status | unique", [#"{"status":"active"}"#, #"{"status":"disabled"}"#]),
            ("people | group status", [#"{"status":"active","count":3}"#, #"{"status":"disabled","count":1}"#]),
            (
                "people | skip 2 | group role.name, status",
                [
                    #"{"role":{"name":"Sales US"},"status":"disabled","count":1}"#,
                    #"{"role":{"name":null},"status":"active","count":1}"#,
                ]
            ),
            ("people | group status | sort -count | first | select status", [#"{"status":"active"}"#]),
            ("people | count", [#"{"count":4}"#]),
            ("people | first 0 | count", [#"{"count":0}"#]),
            ("people | last 1 | ids", [#"{"id":"4"}"#]),
        ])
    func gather(text: String, expected: [String]) async throws { #expect(try await given(text) == expected) }

    @Test("rows without an id are told, not made up")
    func withoutIDs() async throws {
        let rig = Rig(World([["id": "1"], ["email": "x"]]))
        try await rig.run("people | ids")
        #expect(rig.seen.rows == [["id": "1"]])
        #expect(rig.seen.notes == ["1 row has no id"])
    }

    @Test(
        "join adds the fields of a file or of rows",
        arguments: [
            (
                "people | join l.csv on email | select id, left, id_2",
                [#"{"id":"1","left":"yes","id_2":"x"}"#, #"{"id":"3","left":"no","id_2":"y"}"#]
            ),
            ("people | join @l.csv on email | select id", [#"{"id":"1"}"#, #"{"id":"3"}"#]),
            ("people | join l.csv email | select id", [#"{"id":"1"}"#, #"{"id":"3"}"#]),
            (
                "let l = people | where id in (3, 4) | select id, age as years; people | join $l on id | select years",
                [#"{"years":9}"#, #"{"years":10}"#]
            ),
            ("people | join l.csv on email, id", ["'join' needs one field after 'on'@20-32"]),
            ("people | join l.csv", ["'join' needs ON@9-13"]),
            ("people | join none.csv on email", ["there is no file 'none.csv'@14-22"]),
        ])
    func join(text: String, expected: [String]) async throws {
        #expect(
            try await given(
                text, files: ["l.csv": "email,left,id\nada@acme.test,yes,x\nkurt@acme.test,no,y\nnobody@x,no,z"])
                == expected)
    }

    @Test(
        "each runs its block for every row, in order",
        arguments: [
            (
                "people | first 2 | each { probe $it.id }",
                [#"{"name":"first","value":"1"}"#, #"{"name":"first","value":"2"}"#]
            ),
            (
                "people | first 2 | each { probe \"<$it.full_name>\" | select value }",
                [#"{"value":"<Ada Lovelace>"}"#, #"{"value":"<Grace Hopper>"}"#]
            ),
            ("people | first 1 | each { probe a; probe b } | select value", [#"{"value":"a"}"#, #"{"value":"b"}"#]),
            ("people | first 2 | each { people | where id == $it.id | select age }", [#"{"age":36}"#, #"{"age":85}"#]),
            (
                "people | first 1 | each { people | skip 2 | each { probe $it.id } | select value }",
                [#"{"value":"3"}"#, #"{"value":"4"}"#]
            ),
            (
                "people | first 1 | each { probe | assert count == 5 || probe saved } | select value",
                ["this does not hold: count is 0@41-51"]
            ),
            ("people | first 1 | each { probe && probe b || probe c } | select value", [#"{"value":"b"}"#]),
            ("people | last 1 | each { probe $it.role.name }", ["the value is empty here@31-44"]),
            ("people | first 0 | each { probe a }", []),
        ])
    func each(text: String, expected: [String]) async throws { #expect(try await given(text) == expected) }

    @Test("a block goes on after a failure only where || says so")
    func rescued() async throws {
        let rig = Rig()
        let result = try await rig.run("people | first 2 | each { fails || probe $it.id && probe ok }")
        #expect(rig.seen.rows.map { $0["value"] ?? nil } == [nil, nil, "1", "ok", nil, nil, "2", "ok"])
        #expect(rig.seen.errors.map(\.problem) == ["it failed", "it failed"])
        #expect(result.status == .done)
        let stopped = Rig()
        #expect(try await stopped.run("people | each { fails; probe no }").status == .failed)
        #expect(stopped.seen.errors.count == 1)
        #expect(stopped.seen.rows == [["id": "1"], ["id": "2"]])
    }

    @Test(
        "assert holds, or stops the line with what it found",
        arguments: [
            ("people | assert count == 4 | count", [#"{"count":4}"#]),
            ("people | assert count == 5", ["this does not hold: count is 4@16-26"]),
            ("people | assert --message 'too few' count > 5", ["too few (count is 4)@36-45"]),
            ("people | count | assert count == 4", [#"{"count":4}"#]),
            ("people | count | assert count == 1", ["this does not hold: in row 1 count is 4@24-34"]),
            ("people | assert status == active", ["this does not hold: in row 3 status is disabled@16-32"]),
            ("people | first 2 | assert status == active | count", [#"{"count":2}"#]),
            ("people | first 0 | assert status == active", ["this does not hold: there are no rows@26-42"]),
            ("people | first 0 | assert count == 0", []),
            ("people | group status | assert count < 3", ["this does not hold: in row 1 count is 3@31-40"]),
        ])
    func assertion(text: String, expected: [String]) async throws { #expect(try await given(text) == expected) }

    @Test("a failed assertion lets nothing behind it happen")
    func assertFirst() async throws {
        let rig = Rig()
        let result = try await rig.run("people | assert status == active | each { users deactivate $it.id }")
        #expect(result.status == .failed)
        #expect(rig.seen.changes.isEmpty)
    }
}
