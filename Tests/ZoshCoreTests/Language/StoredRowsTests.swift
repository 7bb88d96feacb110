import Synchronization
import Testing
import ZoshKit

/// What a line asks of rows that make their values when they are asked for.
struct StoredRowsTests {
    /// Holds the people as a page of a reply does, and remembers which fields anybody wanted.
    private final class Page: RowStorage {
        final class Touched: Sendable {
            let fields = Mutex<Set<String>>([])
        }

        private let held: [Row]
        private let touched: Touched

        init(_ rows: [Row], _ touched: Touched) { (held, self.touched) = (rows, touched) }

        var rows: [Row] { held.indices.map { Row(shape: held[$0].shape, row: $0, of: self) } }
        var count: Int { held.count }

        func value(_ row: Int, _ field: Int) -> Value {
            touched.fields.withLock { _ = $0.insert(held[row].names[field]) }
            return held[row].value(at: field)
        }

        func values(_ row: Int) -> [Value] { held[row].names.indices.map { value(row, $0) } }

        func append(_ row: Int, to json: inout [UInt8]) -> Bool {
            json += JSONWriter.text(.row(held[row])).utf8
            return true
        }

        func append(_ row: Int, _ field: Int, ifScalar isScalar: Bool, to json: inout [UInt8]) -> Bool { false }
        func alone(_ row: Int) -> any RowStorage { Page([held[row]], touched) }
    }

    @Test(
        "Stages make the values they name and no others",
        arguments: [
            ("people | select email", ["email"]),
            ("people | where status == active | select email, role.name", ["email", "role", "status"]),
            ("people | where age > 20 | first 1 | select id", ["age", "id"]),
            ("people | unique role.name | select id", ["id", "role"]),
            ("people | count", []), ("people | skip 1 | first 2", []),
        ])
    func touched(text: String, fields: [String]) async throws {
        let touched = Page.Touched()
        let rig = Rig(World(Page(World.people, touched).rows))
        try await rig.run(text)
        #expect(rig.seen.errors.isEmpty)
        // What is compared is compared after it was counted.
        #expect(touched.fields.withLock { $0 }.sorted() == fields)
        let plain = Rig()
        try await plain.run(text)
        #expect(rig.seen.rows == plain.seen.rows)
    }

    @Test("NDJSON takes a row as it is held, and puts computed fields behind it")
    func written() async throws {
        let touched = Page.Touched()
        var rows = Page(World.people, touched).rows
        for index in rows.indices { rows[index]["connection"] = "acme" }
        let texts = rows.map { JSONWriter.text(.row($0)) }
        #expect(touched.fields.withLock { $0 }.isEmpty)
        let made = World.people.map { person in
            var person = person
            person["connection"] = "acme"
            return JSONWriter.text(.row(person))
        }
        #expect(texts == made)
    }

    @Test("A computed field is set again, and a field of the page replaced or taken out")
    func changed() {
        var row = Page(World.people, Page.Touched()).rows[0]
        var plain = World.people[0]
        for (name, value) in [("new", Value.integer(1)), ("new", 2), ("email", "x@acme.test"), ("more", nil)] {
            (row[name], plain[name]) = (value, value)
            #expect(row == plain && row.hashValue == plain.hashValue)
        }
        (row["id"], plain["id"]) = (Value?.none, Value?.none)
        #expect(row == plain && JSONWriter.text(.row(row)) == JSONWriter.text(.row(plain)))
    }
}
