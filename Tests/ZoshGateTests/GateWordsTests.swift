import Testing
import ZoshKit

@testable import ZoshGate

@Suite("What a person is asked")
struct GateWordsTests {
    private func person(_ id: String, profile: String = "Standard", status: String = "active") -> Row {
        var row = Gate.person(id, status: status)
        row["profile"] = .row(["name": .string(profile), "id": profile == "Administrator" ? "80" : "81"])
        row["Reporting_To"] = .row(["name": "Kurt", "id": "6"])
        return row
    }

    private func asked(_ people: [Row], _ changes: [Change], answer: Bool = true) async throws -> [ZoshKit.Confirmation]
    {
        let console = Listener(answer: answer)
        _ = try await Gate.apply(
            changes, to: Organisation(people), write: WriteOptions(administrators: true), console: console)
        return console.questions
    }

    @Test(
        "a question names field and value, and everybody from what to what, by name",
        arguments: [
            (
                Row([("role", "71")]), "Change role to Product Manager for 1 user in Acme (production, eu)?",
                "role: Manager → Product Manager"
            ),
            (
                Row([("Reporting_To", "5")]),
                "Change Reporting_To to Ada Lovelace for 1 user in Acme (production, eu)?",
                "Reporting_To: Kurt → Ada Lovelace"
            ),
            (
                Row([("role", "79")]), "Change role to the id 79 for 1 user in Acme (production, eu)?",
                "role: Manager → the id 79"
            ),
            (Row([("city", "")]), "Change city to nothing for 1 user in Acme (production, eu)?", "city: Rome → –"),
            (
                Row([("role", "71"), ("city", "Bern")]),
                "Change role to Product Manager and city to Bern for 1 user in Acme (production, eu)?",
                "role: Manager → Product Manager; city: Rome → Bern"
            ),
            (
                Row([("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")]),
                "Change a to 1, b to 2, c to 3 and 1 more field for 1 user in Acme (production, eu)?",
                "a: – → 1; b: – → 2; c: – → 3; d: – → 4"
            ),
            (
                Row([("status", "inactive")]), "Change status to disabled for 1 user in Acme (production, eu)?",
                "status: active → disabled"
            ),
        ])
    func questions(fields: Row, question: String, detail: String) async throws {
        var row = person("2")
        row["city"] = "Rome"
        let asked = try await asked([row, person("5")], [Gate.update("2", fields)])
        #expect(asked.map(\.question) == [question])
        #expect(asked.first?.details == ["Person 2 <p2@acme.example> · Manager · active: \(detail)"])
    }

    @Test("values that differ are told for each person")
    func differing() async throws {
        let asked = try await asked(
            [person("2"), person("3")], [Gate.update("2", ["city": "Bern"]), Gate.update("3", ["city": "Rome"])])
        #expect(asked.map(\.question) == ["Change city for 2 users in Acme (production, eu)?"])
        #expect(asked.first?.details.map { $0.hasSuffix("city: – → Bern") } == [true, false])
    }

    @Test("a name of a hundred thousand letters, or of as many marks, is one line")
    func longNames() async throws {
        for name in [String(repeating: "x", count: 100_000), "y" + String(repeating: "\u{301}", count: 100_000)] {
            var row = person("2")
            row["full_name"] = .string(name)
            let asked = try await asked([row], [Gate.update("2", ["city": .string(name)])])
            #expect(asked.first?.details.allSatisfy { $0.unicodeScalars.count < 400 } == true)
            #expect(asked.first?.question.unicodeScalars.count ?? 999 < 200)
        }
    }

    private static let deactivate: Row = ["status": "inactive"]
    private static let activate: Row = ["status": "active"]

    @Test(
        "giving and taking administrator rights is said, and any change of an administrator asks for the name",
        arguments: [
            (
                Gate.update("2", ["profile": "80"]), "Standard", "active",
                "This gives administrator rights to Person 2 <p2@acme.example>"
            ),
            (
                Gate.update("2", ["profile": "82"]), "Standard", "active",
                "This gives administrator rights to Person 2 <p2@acme.example>"
            ),
            (
                Gate.update("2", ["profile": "81"]), "Administrator", "active",
                "This takes administrator rights from Person 2 <p2@acme.example>"
            ),
            (
                Gate.update("2", deactivate), "Administrator", "active",
                "This takes administrator rights from Person 2 <p2@acme.example>"
            ),
            (
                Gate.update("2", activate), "Administrator", "disabled",
                "This gives administrator rights to Person 2 <p2@acme.example>"
            ),
            (
                Gate.delete("2"), "Administrator", "disabled",
                "This takes administrator rights from Person 2 <p2@acme.example>"
            ),
            (Gate.update("2", ["city": "Bern"]), "Administrator", "active", nil),
            (Gate.update("2", deactivate), "Standard", "active", nil),
            (Gate.delete("2"), "Standard", "active", nil),
            (Gate.update("2", ["role": "71"]), "Administrator", "active", nil),
        ])
    func administrators(change: Change, profile: String, status: String, sentence: String?) async throws {
        let asked = try await asked([person("2", profile: profile, status: status)], [change])
        #expect(asked.count == 1)
        #expect(asked[0].details.dropFirst() == [sentence].compactMap(\.self)[...])
        let isFinal = change.verb == .delete
        #expect(asked[0].word == (sentence != nil || profile == "Administrator" || isFinal ? "Acme" : nil))
    }

    @Test("a new administrator, and several at once")
    func newAdministrators() async throws {
        let fields: Row = [
            "first_name": "Ada", "last_name": "L", "email": "new@acme.example", "profile": "80", "role": "71",
        ]
        let add = Change(.create, .users, .new(handle: "new@acme.example"), fields: fields, action: "add")
        let one = try await asked([], [add])
        #expect(one.map(\.question) == ["Add 1 new user in Acme (production, eu)?"])
        #expect(
            one.first?.details == [
                "Ada L <new@acme.example> · Product Manager · Administrator: add",
                "This gives administrator rights to Ada L <new@acme.example>",
            ])
        let people = [person("2"), person("3"), person("4", profile: "Administrator")]
        let several = try await asked(people, ["2", "3", "4"].map { Gate.update($0, ["profile": "80"]) })
        #expect(several.map(\.question) == ["Change profile to Administrator for 2 users in Acme (production, eu)?"])
        #expect(several.first?.details.last == "This gives administrator rights to 2 users")
        let console = Listener()
        _ = try await Gate.apply(
            [Gate.update("2", ["profile": "80"])], to: Organisation(people),
            write: WriteOptions(yes: true, administrators: true),
            console: console)
        #expect(console.questions.isEmpty)
    }

    @Test("the rows of a dry run are in names as well")
    func dryRun() async throws {
        let (rows, _) = try await Gate.apply(
            [Gate.update("2", ["role": "71", "profile": "81"])], to: Organisation([person("2")]),
            write: WriteOptions(dryRun: true))
        #expect(rows.first?.string("message") == "role: Manager → Product Manager")
        #expect(rows.first?["before"]?.row?.names == ["role"])
        #expect(rows.first?["after"]?.row?.string("role") == "Product Manager")
    }

    @Test func `after the limit of a run is exceeded its later lines say that it was the run`() throws {
        let typed = LineTally("replay x.zosh")
        func check(_ ids: [String], own: Int?, in line: LineTally) throws {
            try CountStage.check(
                ids.map { Gate.update($0, ["city": "Bern"]) }, atMost: own,
                Gate.session { $0.atMost = own == nil ? 1 : nil },
                line, at: Span(0, 1))
        }
        func problem(_ ids: [String], own: Int?, in line: LineTally) -> String {
            let error = #expect(throws: ZoshError.self) { try check(ids, own: own, in: line) }
            return error?.problem ?? ""
        }
        let first = LineTally("one", within: typed)
        #expect(problem(["1", "2"], own: nil, in: first) == "2 users would change; --at-most allows 1")
        let second = LineTally("two", within: typed)
        #expect(problem(["3"], own: nil, in: second).contains("would have changed in this run than --at-most 1 allows"))
        let other = LineTally("three", within: LineTally("replay y.zosh"))
        _ = problem(["1", "2"], own: 1, in: other)
        #expect(problem(["3"], own: nil, in: other).contains("would have changed on this line than --at-most 1 allows"))
    }
}
