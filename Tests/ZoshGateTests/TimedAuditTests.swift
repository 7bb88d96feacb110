import Testing
import ZoshGate
import ZoshKit

/// What the audit log says of jobs with a time: when they are written, when they run, and when they are given up.
struct TimedAuditTests {
    private let world = Organisation((1...3).map { Gate.person(String($0)) })

    private func machine() -> (Machine, AuditTests.Log) {
        let world = world
        let log = AuditTests.Log { await world.performed.count }
        var machine = Machine()
        machine.audit = log
        return (machine, log)
    }

    private func subjects(_ row: Row) -> [String?] {
        row["changes"]?.list?.map { $0.row?.string("subject") } ?? []
    }

    @Test("what is kept for later says so with every record, before its run says that it runs", arguments: [3, 250])
    func kept(count: Int) async throws {
        let world = Organisation((1...count).map { Gate.person(String($0)) })
        let (machine, log) = machine()
        _ = try await machine.line(
            (1...count).map { Gate.update(String($0), ["city": "Bern"], action: "update city") }, to: world, at: 3600)
        await log.saveIfOpen()
        let line = try #require(log.rows.first)
        #expect(log.rows.count == 1)
        #expect(line.string("outcome") == "waits until then UTC" && line["rows"] == .integer(Int64(count)))
        #expect(line.string("until") == Timestamp.rfc3339(machine.clock.now + 3600))
        #expect(line["job"] == 1 && line.string("command") == "line 1" && line.string("connection") == "acme")
        #expect(subjects(line).count == count && subjects(line).first == "p1@acme.example")
        #expect(!"\(line)".contains("Bern"), "values stay in the job")
        machine.clock.advance(3600)
        _ = try await machine.runDue(to: world)
        #expect(log.rows.map { $0.string("outcome") } == ["waits until then UTC", "intended", "\(count) done"])
        #expect(log.rows.map { $0["job"] } == [1, 1, 1])
        #expect(log.rows.map { $0.string("origin") } == [nil, "timer", "timer"])
    }

    @Test("a way back is said before the first request leaves, once, and when an undo ends or shortens it")
    func wayBack() async throws {
        let (machine, log) = machine()
        for id in ["1", "2"] { await world.set(id, "city", "Oslo") }
        _ = try await machine.line(
            ["1", "2"].map { Gate.update($0, ["city": "Bern"]) }, to: world, lasting: 60)
        #expect(log.rows.map { $0.string("outcome")?.prefix(8) } == ["waits un", "intended", "2 done"])
        #expect(log.lines.first?.performed == 0)
        #expect(subjects(log.rows[0]) == ["job 2"] && log.rows[0]["job"] == 2)
        let undo = try await machine.history.undo(of: 1, on: Gate.acme)
        _ = try await machine.line(undo.changes, to: world, undoing: 1)
        await log.saveIfOpen()
        let last = try #require(log.rows.last)
        #expect(last.string("outcome") == "1 done" && subjects(last) == ["job 2"])
        #expect(last["changes"]?.list?.first?.row?.string("action") == "cancel")
    }

    @Test("what is declined, or only shown, says nothing")
    func nothing() async throws {
        let (machine, log) = machine()
        _ = try? await machine.line([Gate.delete("1")], to: world, lasting: 60)
        _ = try? await machine.line([Gate.update("1", ["city": "Bern"])], to: world, at: -60)
        await log.saveIfOpen()
        #expect(log.rows.isEmpty)
    }
}
