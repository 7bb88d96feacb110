import Testing
import ZoshKit

@testable import ZoshGate

/// Jobs taken back by other jobs.
struct UndoTests {
    private static let yes = WriteOptions(yes: true)

    /// An organisation whose changes are jobs of one shelf.
    private struct Company {
        let world: Organisation
        let history: JobHistory
        var lines = 0

        init(_ users: [Row], ignoring ignored: Set<String> = []) {
            world = Organisation(users, ignoring: ignored)
            history = JobHistory(in: Shelf()) { 1_000_000 }
        }

        /// - Returns: the rows of one line.
        mutating func apply(_ changes: [Change], undoing job: Int? = nil, write: WriteOptions = yes) async throws
            -> [Row]
        {
            lines += 1
            let line = LineTally("line \(lines)")
            line.begin(unit: 0)
            var call = Gate.call(write)
            call.origin = Origin(line: line, step: Origin.Step(run: lines, unit: 0, stage: 1))
            call.origin.undoes = job
            let gate = ChangeGate(
                session: Gate.session(), console: Listener(), executor: world, history: history, settle: {})
            let rows = try await gate.apply(changes, for: call).collect()
            _ = await line.end()
            return rows
        }

        mutating func undo(_ job: Int) async throws -> (rows: [Row], impossible: [Row]) {
            let undo = try await history.undo(of: job, on: Gate.acme)
            return (try await apply(undo.changes, undoing: job), undo.impossible)
        }
    }

    private static func person(_ id: String, _ city: Value = .null, zip: Value = .null) -> Row {
        var row = Gate.person(id)
        row["city"] = city
        row["zip"] = zip
        return row
    }

    /// The numbers of a seed, the same on every machine.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    @Test("every field a job changed goes back, and none that others changed since", arguments: 0..<200)
    func worlds(seed: UInt64) async throws {
        var dice = Dice(state: seed)
        let names = ["city", "zip", "state"]
        let values: [Value] = [.null, "Bern", "Rome", "Oslo"]
        func value() -> Value { values.randomElement(using: &dice) ?? .null }
        let ids = (2...Int.random(in: 3...8, using: &dice)).map(String.init)
        var company = Company(
            ids.map { id in
                var row = Gate.person(id)
                for name in names { row[name] = value() }
                return row
            })
        // What each job made of which fields: before and after.
        var traces: [Int: [String: [String: (before: Value, after: Value)]]] = [:]
        for _ in 0..<Int.random(in: 2...5, using: &dice) {
            if Bool.random(using: &dice) {
                for id in ids where Bool.random(using: &dice) {
                    await company.world.set(id, names.randomElement(using: &dice) ?? "city", value())
                }
                continue
            }
            let before = await company.world.users
            let changes = ids.filter { _ in Bool.random(using: &dice) }.map { id in
                Gate.update(id, Row(names.filter { _ in Bool.random(using: &dice) }.map { ($0, value()) }))
            }.filter { $0.fields.count > 0 }
            _ = try await company.apply(changes)
            guard let job = try await company.history.latest(1).first, traces[job.number] == nil else { continue }
            var trace: [String: [String: (before: Value, after: Value)]] = [:]
            for change in changes {
                guard let id = change.id else { continue }
                for (name, after) in change.fields.fields {
                    trace[id, default: [:]][name] = (before[id]?[name] ?? .null, after)
                }
            }
            traces[job.number] = trace
        }
        guard let job = traces.keys.sorted().randomElement(using: &dice), let trace = traces[job] else { return }
        var wanted = await company.world.users
        for (id, fields) in trace {
            for (name, values) in fields where wanted[id]?[name] == values.after { wanted[id]?[name] = values.before }
        }
        let (rows, impossible) = try await company.undo(job)
        #expect(impossible.isEmpty)
        #expect(await company.world.users == wanted, "job \(job): \(rows)")
        // Taken back once more, nothing is left to do.
        let again = try await company.undo(job).rows
        #expect(again.allSatisfy { ["unchanged", "refused"].contains($0.string("outcome")) }, "\(again)")
        #expect(await company.world.users == wanted)
    }

    @Test("what was changed by nobody else goes back exactly, and forth again")
    func backAndForth() async throws {
        var company = Company([Self.person("2", "Rome"), Self.person("3", zip: "1")])
        let before = await company.world.users
        _ = try await company.apply(["2", "3"].map { Gate.update($0, ["city": "Bern", "zip": "3000"]) })
        let after = await company.world.users
        _ = try await company.undo(1)
        #expect(await company.world.users == before)
        #expect(try await company.history.job(2).undoes == 1)
        _ = try await company.undo(2)
        #expect(await company.world.users == after)
    }

    @Test("a state, a role and a manager go back as Zoho takes them")
    func spellings() async throws {
        let person: Row = [
            "id": "2", "email": "p2@acme.example", "status": "disabled", "Reporting_To": nil,
            "role": .row(["name": "Manager", "id": "70"]),
        ]
        var company = Company([person, Self.person("5")])
        _ = try await company.apply([
            Gate.update(
                "2", ["status": "active", "role": "71", "Reporting_To": "5"],
                action: "update status, role, Reporting_To")
        ])
        let undo = try await company.history.undo(of: 1, on: Gate.acme)
        #expect(undo.changes.map(\.fields) == [["status": "inactive", "role": "70", "Reporting_To": nil]])
        #expect(undo.changes.map(\.shown["role"]) == [.row(["name": "Manager", "id": "70"])])
    }

    @Test("what Zoho cannot take back, or did not show before, is refused row by row")
    func impossible() async throws {
        var company = Company([Self.person("2"), Self.person("3")])
        let add = Change(
            .create, .users, .new(handle: "n@acme.example"), fields: ["email": "n@acme.example"], action: "add")
        _ = try await company.apply([
            Gate.update("2", ["city": "Bern", "website": "x.example", "reinvite": true]), Gate.delete("3"), add,
        ])
        let undo = try await company.history.undo(of: 1, on: Gate.acme)
        #expect(undo.changes.map(\.fields) == [["city": nil]])
        #expect(
            undo.impossible.map { $0.string("action") } == [
                "undo: update website", "undo: update reinvite", "undo: delete", "undo: add",
            ])
        #expect(undo.impossible.allSatisfy { $0.string("outcome") == "refused" && $0.string("message") != nil })
    }

    @Test("one field that was changed since is left alone, and the row says so")
    func changedSince() async throws {
        var company = Company([Self.person("2", "Rome", zip: "1")])
        _ = try await company.apply([Gate.update("2", ["city": "Bern", "zip": "2"], action: "update city, zip")])
        await company.world.set("2", "city", "Oslo")
        let (rows, _) = try await company.undo(1)
        #expect(rows.map { $0.string("outcome") } == ["done"])
        #expect(rows.map { $0.string("action") } == ["put back zip"])
        #expect(rows[0].string("message") == "changed since, so left alone: city is Oslo")
        #expect(await company.world.users["2"]?["zip"] == "1")
        #expect(try await company.history.rows(of: 2).map { $0.string("message") } == rows.map { $0.string("message") })
        await company.world.set("2", "zip", "9")
        #expect(try await company.undo(1).rows.map { $0.string("outcome") } == ["unchanged"])
    }

    @Test("a job of another organisation, and one that is not over, are refused with the way out")
    func refused() async throws {
        var company = Company([Self.person("2")])
        _ = try await company.apply([Gate.update("2", ["city": "Bern"])])
        var globex = Gate.acme
        (globex.name, globex.orgID, globex.orgName) = ("globex", "10", "Globex")
        let error = await #expect(throws: ZoshError.self) { try await company.history.undo(of: 1, on: globex) }
        #expect(error?.problem == "job 1 changed Acme (acme), and this is Globex (globex)")
        #expect(error?.remedy == "on acme undo 1")
        #expect(try await company.history.lastOwn(on: globex, for: Gate.call()) == nil)
        #expect(try await company.history.lastOwn(on: Gate.acme, for: Gate.call())?.number == 1)
        let lost = Organisation([Self.person("2")], answers: [.uncertain(reason: "no reply")])
        let attempt = try await Attempt(on: Shelf())
        _ = try await attempt.apply([Gate.update("2", ["city": "Bern"])], to: lost, write: Self.yes)
        // What nobody knows is looked at again: it did not happen, so there is nothing to put back.
        let undo = try await attempt.history.undo(of: 1, on: Gate.acme)
        #expect(undo.changes.map(\.expected) == [["city": "Bern"]])
    }
}
