import Synchronization
import Testing
import ZoshGate
import ZoshKit
import ZoshTrust

/// What the gate says in the audit log, and when.
@Suite struct AuditTests {
    /// A log in memory that remembers how much was done when each line was written.
    final class Log: AuditLog {
        struct Written { let row: Row, performed: Int }

        let now: Int64 = 1_000_000
        private let state = Mutex<(waiting: [AuditLine], written: [Written], saves: Int)>(([], [], 0))
        private let performed: @Sendable () async -> Int
        private let isFull: Bool

        init(isFull: Bool = false, performed: @escaping @Sendable () async -> Int = { 0 }) {
            self.isFull = isFull
            self.performed = performed
        }

        var lines: [Written] { state.withLock(\.written) }
        var rows: [Row] { lines.map(\.row) }
        /// How often something waited for the disk.
        var saves: Int { state.withLock(\.saves) }

        func note(_ line: AuditLine) { state.withLock { $0.waiting.append(line) } }

        func save(before effects: [any Effect]) async throws {
            if isFull { throw ZoshError(.local, "the disk is full") }
            state.withLock { $0.saves += 1 }
            await saveIfOpen()
        }

        func saveIfOpen() async {
            guard !isFull else { return }
            let performed = await performed()
            state.withLock { state in
                for line in state.waiting {
                    state.written.append(Written(row: line.row(), performed: performed))
                    line.written(Int64(state.written.count))
                }
                state.waiting = []
            }
        }
    }

    private func apply(
        _ changes: [any Effect], to organisation: Organisation, _ log: Log,
        write: WriteOptions = WriteOptions(yes: true),
        console: Listener = Listener(), adjust: (inout SessionSnapshot) -> Void = { _ in }
    ) async throws -> (rows: [Row], outcome: RowOutcome) {
        let gate = ChangeGate(
            session: Gate.session(adjust), console: console, executor: organisation, audit: log, settle: {})
        var call = Gate.call(write)
        call.origin = Origin(line: LineTally("users update … city=Bern"))
        let stream = try await gate.apply(changes, for: call)
        return (try await stream.collect(), await stream.outcome())
    }

    @Test func `a line is written before the first request and one when all is over`() async throws {
        let organisation = Organisation(
            [Gate.person("5"), Gate.person("6"), Gate.person("7")],
            answers: [
                .done(id: "5", message: nil), .refused(ZoshError(.refused, "no such role", code: "INVALID_DATA")),
            ])
        let log = Log { await organisation.performed.count }
        _ = try await apply(
            ["5", "6", "7"].map { Gate.update($0, ["city": "Bern"], action: "update city") }, to: organisation, log)
        #expect(log.lines.map(\.performed) == [0, 3])
        #expect(log.saves == 1, "none for each of the windows")
        let (first, last) = (log.rows[0], log.rows[1])
        #expect(first.string("outcome") == "intended")
        #expect(first["rows"] == 3)
        #expect(first.string("connection") == "acme" && first.string("login") == "me@acme.example")
        #expect(first.string("organisation") == "Acme" && first.string("zgid") == "9")
        #expect(first.string("command") == "users update … city=Bern")
        #expect(
            first["changes"]?.list?.compactMap { $0.row?.string("id") } == ["5", "6", "7"])
        #expect(last.string("outcome") == "2 done, 1 refused")
        #expect(last["begun"] == 1)
        #expect(
            last["changes"]
                == .list([
                    .row([
                        "subject": "p6@acme.example", "id": "6", "action": "update city", "resource": "users",
                        "verb": "update", "outcome": "refused", "code": "INVALID_DATA", "message": "no such role",
                    ])
                ]))
        #expect(!"\(log.rows.map { $0["changes"] })".contains("Bern"), "values stay in the job")
    }

    @Test func `nothing is sent when it cannot be written down`() async throws {
        let organisation = Organisation([Gate.person("5"), Gate.person("6")])
        await #expect(throws: ZoshError.self) {
            _ = try await apply(
                ["5", "6"].map { Gate.update($0, ["city": "Bern"]) }, to: organisation, Log(isFull: true))
        }
        #expect(await organisation.performed.isEmpty)
        let rename = LocalChange(
            .connection(name: "acme"), action: "rename to other",
            operation: .renameConnection(from: "acme", to: "other"), blast: .harmless)
        await #expect(throws: ZoshError(.local, "the disk is full")) {
            _ = try await apply([rename], to: organisation, Log(isFull: true))
        }
        #expect(await organisation.performed.isEmpty)
    }

    @Test func `a dry run, a declined question, a refusal before anything and what is set already leave no line`()
        async throws
    {
        let organisation = Organisation([Gate.person("5")])
        let log = Log()
        let change = Gate.update("5", ["city": "Bern"])
        _ = try await apply([change], to: organisation, log, write: WriteOptions(dryRun: true))
        await #expect(throws: ZoshError.self) {
            _ = try await apply(
                [Gate.delete("5")], to: organisation, log, write: WriteOptions(), console: Listener(answer: false))
        }
        await #expect(throws: ZoshError.self) {
            _ = try await apply([change], to: organisation, log) { $0.readOnly = true }
        }
        _ = try await apply([Gate.update("5", ["status": "active"])], to: organisation, log)
        #expect(log.lines.isEmpty)
        #expect(await organisation.performed.isEmpty)
    }

    @Test func `a local change is told with its result, also when it is refused`() async throws {
        let organisation = Organisation([], answers: [.refused(ZoshError(.usage, "there is a connection 'other'"))])
        let log = Log { await organisation.performed.count }
        let rename = LocalChange(
            .connection(name: "acme"), action: "rename to other",
            operation: .renameConnection(from: "acme", to: "other"), blast: .harmless)
        await #expect(throws: ZoshError.self) { _ = try await apply([rename], to: organisation, log) }
        _ = try await apply([rename], to: organisation, log)
        #expect(log.lines.map(\.performed) == [0, 1, 1, 2])
        #expect(log.rows.map { $0.string("outcome") } == ["intended", "1 refused", "intended", "1 done"])
        #expect(log.rows.allSatisfy { $0["connection"]?.isNull == true })
        let refused = log.rows[1]["changes"]?.list?.first?.row
        #expect(refused?.string("subject") == "acme")
        #expect(refused?.string("message") == "there is a connection 'other'")
    }

    @Test func `what was not started when a line is interrupted is counted so`() async throws {
        let (started, signal) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let organisation = Organisation((2...4).map { Gate.person("\($0)") }) { _ in
            signal.yield()
            for await _ in released { break }
        }
        let log = Log()
        let line = Task {
            try await apply((2...4).map { Gate.update("\($0)", ["city": "Bern"]) }, to: organisation, log)
        }
        for await _ in started { break }
        line.cancel()
        release.yield()
        _ = try await line.value
        #expect(log.rows.map { $0.string("outcome") } == ["intended", "1 done, 2 not started"])
    }
}
