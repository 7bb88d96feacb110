internal import ZoshKit

/// The journal as one run of one pipeline sees it.
struct UnitJournal: Sendable {
    let run: RunJournal
    let number: Int
    let key: String

    func stage(_ index: Int) -> StageJournal { StageJournal(run: run, unit: number, stage: index, key: key) }

    func end(_ status: ExitStatus) async { await run.end(number, status) }
}

/// The journal as the gate sees it while it serves one stage.
struct StageJournal: Sendable {
    let run: RunJournal
    let unit: Int
    let stage: Int
    let key: String

    func settle(_ planned: [PlannedChange]) async -> [PlannedChange] { await run.settle(planned, key) }
    func begin(_ planned: [PlannedChange]) async throws { try await run.begin(planned, unit: unit, stage: stage) }
    func intend(_ row: Int) async throws { try await run.intend(row, unit: unit, stage: stage) }
    func conclude(_ row: Int, _ report: ChangeReport) async { await run.conclude(row, report, unit: unit, stage: stage) }
}

/// The rows of a pipeline that writes; at their end the journal learns how it went.
actor UnitStream: RowSource {
    private let upstream: RowStream
    private let unit: UnitJournal
    private var isOver = false

    init(_ upstream: RowStream, _ unit: UnitJournal) {
        self.upstream = upstream
        self.unit = unit
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        do {
            return try await upstream.next(for: demand)
        } catch {
            await end(ExitStatus(ZoshError.placed(error, at: Span(0, 0)).kind))
            throw error
        }
    }

    func outcome() async -> RowOutcome {
        let outcome = await upstream.outcome()
        await end(outcome.status)
        return outcome
    }

    /// An interrupted pipeline has no end: it is to be continued.
    private func end(_ status: ExitStatus) async {
        guard !isOver, !Task.isCancelled, status != .interrupted else { return }
        isOver = true
        await unit.end(status)
    }
}
