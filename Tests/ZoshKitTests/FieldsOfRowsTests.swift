import Testing
import ZoshKit

/// What is known of the fields of rows, and of the values a field takes.
@Suite("Fields of rows")
struct FieldsOfRowsTests {
    @Test("a dot in a name is a blank of a label where it leads nowhere as a path")
    func dottedNames() {
        let names = FieldNames(Resource.users.fields)
        for (written, field) in [("zip.code", "zip"), ("First.Name", "first_name"), ("reports.to", "Reporting_To")] {
            guard case .path(let path, _) = names.meaning(of: FieldPath(written)) else {
                Issue.record("\(written) is unknown")
                continue
            }
            #expect(path == FieldPath(field))
        }
        guard case .path(let role, _) = names.meaning(of: FieldPath("Role.Name")) else {
            Issue.record("Role.Name is unknown")
            return
        }
        #expect(role == FieldPath("role.name"))
        for written in ["zip.cdoe", "role.nmae", "city.name"] {
            guard case .unknown = names.meaning(of: FieldPath(written)) else {
                Issue.record("\(written) has a meaning")
                continue
            }
        }
    }

    @Test("fields that were selected keep their meaning under another name")
    func origins() {
        let kept = KnownFields.exactly(["position", "id"], were: ["role.name", "id"], of: .users)
        #expect(kept.origin(of: "position")?.path == "role.name")
        #expect(kept.origin(of: "id")?.noun == .users)
        #expect(kept.origin(of: "email") == nil)
        let again = KnownFields.exactly(["p"], were: ["position"], of: kept)
        #expect(again.origin(of: "p")?.path == "role.name")
        #expect(KnownFields.exactly(["position"], were: ["x"], of: .exactly(["x"])).origin(of: "position") == nil)
    }

    @Test("nothing is inside a text, a number or a list of texts; anything may be inside null and an empty list")
    func insideValues() {
        let rows: [Row] = [
            [
                "id": "1", "tags": .list(["a"]), "areas": .list([.row(["name": "North"])]), "left": .null,
                "open": .list([]), "boss": "nobody",
            ],
            [
                "id": "2", "tags": .list([]), "areas": .list([]), "left": .null, "open": .null,
                "boss": .row(["id": "3"]),
            ],
        ]
        let names = FieldNames(KnownFields.union(of: rows).others)
        for unknown in ["id.x", "tags.x", "areas.nam", "areas.name.x", "boss.nam"] {
            guard case .unknown = names.meaning(of: FieldPath(unknown)) else {
                Issue.record("\(unknown) has a meaning")
                continue
            }
        }
        for known in ["areas.name", "left.x", "open.x", "boss.id"] {
            guard case .path = names.meaning(of: FieldPath(known)) else {
                Issue.record("\(known) is unknown")
                continue
            }
        }
    }

    @Test("what is selected keeps what is inside it, under another name too")
    func insideSelected() {
        let kept = KnownFields.exactly(["e", "r", "c"], were: ["email", "role", "city"], of: .users)
        let names = FieldNames(kept.others)
        #expect(names.meaning(of: "e.x") == .unknown("e.x", nearest: nil))
        #expect(names.meaning(of: "c.name") == .unknown("c.name", nearest: nil))
        #expect(names.meaning(of: "r.nmae") == .unknown("r.nmae", nearest: "r.name"))
        let texts = FieldNames(KnownFields.texts(["email", "role.name"]).others)
        for unknown: FieldPath in ["email.x", "role.nmae", "role.name.x"] {
            guard case .unknown = texts.meaning(of: unknown) else {
                Issue.record("\(unknown) has a meaning")
                continue
            }
        }
    }

    @Test("rows that show what users show are users, those of a file are not")
    func users() {
        let role: Value = .row(["name": "CEO", "id": "1"])
        let row: Row = ["id": "7", "email": "a@b.example", "role": role, "profile": role]
        #expect(KnownFields.union(of: [row]).origin(of: "role")?.noun == .users)
        let read = row.located(at: RowOrigin(file: "old.json", line: 2))
        #expect(KnownFields.union(of: [read]).origin(of: "role") == nil)
        #expect(KnownFields.union(of: [["id": "7", "email": "a@b.example"]]).origin(of: "role") == nil)
    }

    @Test("an object is its name in a text, its id in a reference, and nothing else's")
    func objects() throws {
        let object: Value = .row(["name": "CEO", "id": "1"])
        #expect(try Field("city", .text).value(from: object, at: nil) == "CEO")
        #expect(try Field("role", .reference("roles")).value(from: object, at: nil) == "1")
        #expect(throws: ZoshError.self) { try Field("email", .email).value(from: object, at: nil) }
        #expect(throws: ZoshError.self) {
            try Field("role", .reference("roles")).value(from: .row(["title": "CEO"]), at: nil)
        }
        #expect(throws: ZoshError.self) { try Field("city", .text).value(from: .row(["id": "1"]), at: nil) }
    }

    @Test("yes and no are not texts; numbers and the words are")
    func yesAndNo() throws {
        #expect(throws: ZoshError.self) { try Field("city", .text).value(from: .bool(true), at: nil) }
        #expect(try Field("city", .text).value(from: "true", at: nil) == "true")
        #expect(try Field("zip", .text).value(from: .integer(53111), at: nil) == "53111")
        #expect(try Field("Remote", .checkbox).value(from: .bool(true), at: nil) == .bool(true))
    }
}
