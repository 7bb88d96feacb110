import Testing
import ZoshGate
import ZoshKit

/// What an interrupt does to a change on its way: what has not left is not sent any more, what has left is finished.
struct WithdrawalTests {
    /// Zoho, to which no request leaves before the line is interrupted.
    private actor Silence: ChangeExecutor {
        private let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        private let (released, release) = AsyncStream.makeStream(of: Void.self)
        let hasLeft: Bool

        init(hasLeft: Bool) { self.hasLeft = hasLeft }

        func waitForChange() async { for await _ in arrived { break } }

        func answer() { release.yield() }

        func perform(_ effect: any Effect) async -> ChangeResult {
            if hasLeft { Withdrawal.current?.end() }
            arrival.yield()
            do {
                try await Withdrawal.waiting { [released] in
                    for await _ in released { break }
                    try Task.checkCancellation()
                }
                return .done(id: effect.shortName, message: nil)
            } catch { return .failed(ZoshError(.cancelled, "interrupted")) }
        }

        func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
            Dictionary(uniqueKeysWithValues: ids.map { ($0, Gate.person($0)) })
        }

        func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws
            -> [String: Row]
        { [:] }

        func names(_ resource: Resource, ids: Set<String>) async -> [String: String] { [:] }
    }

    private func interrupted(_ changes: [Change], _ zoho: Silence) async throws -> ([Row], RowOutcome) {
        let line = Task {
            let gate = ChangeGate(session: Gate.session(), console: Listener(), executor: zoho, settle: {})
            let stream = try await gate.apply(changes, for: Gate.call(WriteOptions(yes: true)))
            return (try await stream.collect(), await stream.outcome())
        }
        await zoho.waitForChange()
        line.cancel()
        if zoho.hasLeft { await zoho.answer() }
        return try await line.value
    }

    @Test("nothing is sent any more, of one change and of many", arguments: [1, 3])
    func unsent(count: Int) async throws {
        let changes = (2..<(2 + count)).map { Gate.update(String($0), ["city": "Bern"]) }
        let (rows, outcome) = try await interrupted(changes, Silence(hasLeft: false))
        #expect(rows.map { $0.string("outcome") } == Array(repeating: "not started", count: count))
        #expect(rows[0].string("message") == "interrupted before it was sent")
        #expect(outcome.status == .interrupted && outcome.failed == 0)
        #expect(!outcome.notes.contains { $0.contains("Nothing more was sent") }, "\(outcome.notes)")
    }

    @Test("what has left is waited for")
    func sent() async throws {
        let (rows, _) = try await interrupted([Gate.update("2", ["status": "inactive"])], Silence(hasLeft: true))
        #expect(rows.map { $0.string("outcome") } != ["not started"])
    }
}
