internal import ZoshKit

/// Applies what is left, as many changes at once as the organisation allows, and returns one row for each, in order.
///
/// A row leaves as soon as its change is over; where Zoho may have ignored what was written, or its reply was lost,
/// once the record was read back, a hundred to a call. Once the line is cancelled no further change starts; a write in
/// flight runs to its end, since abandoning it would leave its outcome unknown.
actor ApplyStage: RowSource {
    private let planned: [PlannedChange]
    private let executor: any ChangeExecutor
    private let progress: ProgressMeter
    private let readBack: ReadBack
    private let record: RowsOfJob?
    /// Whether what cannot be sent is sent later, although it is alone.
    private let isTimed: Bool
    private let audited: AuditedBatch?
    private let isAtZoho: Bool
    private var position = 0
    /// Changes whose replies were lost and whose records are not read back yet, by row.
    private var lost: [Int: (reply: ReadBack.Lost, running: ProgressMeter.RunningChange)] = [:]
    /// Changes that Zoho does later, with the numbers of its jobs, by row.
    private var accepted: [Int: (job: String, running: ProgressMeter.RunningChange)] = [:]
    /// Why nothing more is sent, to be said once the rows of what was done are out.
    private var deferred: ZoshError?
    /// Why nothing can be sent any more: Zoho is out of reach, or the login has ended.
    private var obstacle: ZoshError?
    /// Why the last change that could not be sent was not.
    private var unsent: ZoshError?
    private var failed = 0
    /// How many changes ended in which way.
    private var counts: [String: Int] = [:]
    /// Zoho's codes among the failures, each named once at the end.
    private var codes: [String] = []

    init(
        _ planned: [PlannedChange], _ executor: any ChangeExecutor, _ progress: ProgressMeter,
        _ readBack: ReadBack, _ record: RowsOfJob? = nil, _ audited: AuditedBatch? = nil, isTimed: Bool = false
    ) {
        self.isTimed = isTimed
        self.record = record
        self.audited = audited
        isAtZoho = planned.allSatisfy(\.effect.reachesZoho)
        self.planned = planned
        self.executor = executor
        self.progress = progress
        self.readBack = readBack
        progress.expect(changes: planned.count(where: \.hasTurn))
    }

    func next() async throws -> RowBatch? {
        // The reader asks for more once the rows before are out.
        progress.allRead()
        if let failure = deferred {
            deferred = nil
            throw failure
        }
        guard position < planned.count else { return nil }
        let first = position
        var reports: [ChangeReport] = []
        /// How many records are to be read back before their rows leave.
        var waiting = 0
        var failure: ZoshError?
        repeat {
            let window = nextWindow(atMost: ShownResult.batch - waiting)
            // A user whose last write is in doubt gets no other one until it is read back.
            guard !window.isEmpty else { break }
            position = window.upperBound
            do {
                let ended = try await apply(window)
                reports += ended
                waiting += zip(planned[window], ended).count { ShownResult.written($0, $1) != nil }
                waiting += window.count { lost[$0] != nil || accepted[$0] != nil }
            } catch {
                failure = error as? ZoshError
                break
            }
            // A row that waits holds up those behind it, but no more than are read back together.
            let ended = reports.count - settledCount(from: first)
            if waiting >= ShownResult.batch || ended >= (waiting == 0 ? 1 : ShownResult.batch) { break }
        } while position < planned.count
        if let failure, reports.isEmpty {
            if position == planned.count { await end() }
            throw failure
        }
        deferred = failure
        await readBackLost(&reports, from: first)
        await followAccepted(&reports, from: first)
        let written = zip(planned[first...], reports).map { ShownResult.written($0, $1) }
        let shown = await ShownResult.checked(reports, written, executor, readBack.settle)
        var rows: [Row] = []
        for (offset, report) in shown.enumerated() {
            if report.outcome != reports[offset].outcome { await record?.conclude(first + offset, report) }
            if let shown = report.shown { await record?.show(first + offset, shown) }
            await audited?.conclude(first + offset, report)
            rows.append(row(report, planned[first + offset]))
        }
        if position == planned.count { await end() }
        return RowBatch(rows)
    }

    /// Puts what Zoho shows of the changes whose replies were lost in the place of what was known.
    private func readBackLost(_ reports: inout [ChangeReport], from first: Int) async {
        let rows = lost.keys.sorted()
        guard !rows.isEmpty else { return }
        let all = rows.compactMap { lost[$0]?.reply }
        let readBack = readBack
        // A separate task: they are finished however the line ends.
        let found = await Task { await readBack.reports(on: all) }.value
        for (row, report) in zip(rows, found) {
            reports[row - first] = report
            await record?.conclude(row, report)
            let isUnread = ShownResult.written(planned[row], report) != nil
            if let running = lost[row]?.running { progress.end(running, Self.sentence(of: report), isUnread: isUnread) }
        }
        lost = [:]
    }

    /// Asks for what Zoho does later, all of it together, until it is over or the line is cancelled. A resume asks
    /// again.
    private func followAccepted(_ reports: inout [ChangeReport], from first: Int) async {
        guard !accepted.isEmpty else { return }
        let executor = executor
        await withTaskGroup(of: (Int, ChangeResult).self) { group in
            for (row, one) in accepted {
                guard let change = planned[row].change else { continue }
                group.addTask { (row, await executor.follow(one.job, of: change)) }
            }
            for await (row, result) in group {
                let report = report(result)
                reports[row - first] = report
                await record?.conclude(row, report)
                if let running = accepted[row]?.running {
                    let isUnread = ShownResult.written(planned[row], report) != nil
                    progress.end(running, Self.sentence(of: report), isUnread: isUnread)
                }
            }
        }
        accepted = [:]
    }

    /// The line may look at its own job; what cannot be written down now is found again by reading.
    private func end() async {
        await audited?.end()
        try? await record?.job.save()
        await audited?.saveEnd()
    }

    /// How many rows from one on were settled beforehand.
    private func settledCount(from first: Int) -> Int { planned[first..<position].count { !$0.hasTurn } }

    /// The rows that are applied together: as many as may be under way at once, and never two of one target or about
    /// one user. Settled rows cost nothing: they go along.
    private func nextWindow(atMost room: Int) -> Range<Int> {
        let most = max(1, min(isAtZoho ? executor.window : 1, room))
        var taken: Set<EffectTarget> = []
        for row in [Int](lost.keys) + accepted.keys { taken.formUnion(planned[row].lanes) }
        var count = 0
        var end = position
        while end < planned.count {
            if planned[end].hasTurn {
                let lanes = planned[end].lanes
                guard count < most, taken.isDisjoint(with: lanes) else { break }
                taken.formUnion(lanes)
                count += 1
            }
            end += 1
        }
        return position..<end
    }

    /// Applies what is open of some rows, all of it at once.
    /// - Throws: when it cannot be written down, so that nothing of it is sent.
    private func apply(_ window: Range<Int>) async throws -> [ChangeReport] {
        let open = window.filter { planned[$0].hasTurn }
        var ended: [Int: ChangeReport] = [:]
        if !open.isEmpty, !Task.isCancelled, obstacle == nil {
            // On the disk before a request leaves; when that fails, nothing leaves.
            do {
                await audited?.begin()
                try await record?.intend(open.filter { planned[$0].accepted == nil })
                try await audited?.save()
            } catch { throw await stopped(error, from: window.lowerBound) }
            try await withThrowingTaskGroup(of: (Int, ChangeReport).self) { group in
                for row in open {
                    group.addTask { (row, try await self.apply(row)) }
                }
                for try await (row, report) in group {
                    // One whose reply was lost stays open in the journal until its record is read back.
                    if let job = accepted[row]?.job {
                        await record?.accept(row, as: job)
                    } else if lost[row] == nil {
                        await record?.conclude(row, report)
                    }
                    ended[row] = report
                }
            }
            // On the disk before anybody waits for it; what cannot be written now is written with what comes next.
            if open.contains(where: { accepted[$0] != nil }) { try? await record?.job.save() }
            if open.allSatisfy({ ended[$0]?.outcome == .notStarted }) { obstacle = unsent }
        }
        let reason = obstacle?.problem ?? "interrupted before its turn"
        return window.map { row in
            ended[row] ?? planned[row].settled ?? ChangeReport(.notStarted, message: reason)
        }
    }

    /// Finishes what was not pulled: `users deactivate … | first 1` deactivates all of them and shows one.
    func outcome() async -> RowOutcome {
        // It can only throw for a lone change, and that is over then.
        while (try? await next()) != nil {}
        var outcome = RowOutcome(
            failed: failed,
            notes: codes.filter { ErrorGuide.entry(for: $0) != nil }.map {
                "more: explain \($0.contains(" ") ? "'\($0)'" : $0)"
            })
        outcome.changes = counts
        if counts[ChangeReport.Outcome.notStarted.rawValue] != nil {
            outcome.ending = unsent.map { ExitStatus($0.kind) } ?? .interrupted
        }
        if let obstacle {
            // A network comes back by itself.
            let remedy = obstacle.kind == .auth ? obstacle.remedy.map { "; \($0)" } ?? "" : ""
            outcome.notes.append("Nothing more was sent: \(obstacle.problem)\(remedy)")
        }
        return outcome
    }

    /// Nothing more is sent once nothing can be written down.
    private func stopped(_ error: any Error, from first: Int) async -> ZoshError {
        let left = planned[first...].count(where: \.hasTurn)
        position = planned.count
        failed += left
        counts[ChangeReport.Outcome.notStarted.rawValue, default: 0] += left
        var error = error as? ZoshError ?? ZoshError(.bug, "an error of type \(type(of: error)) was not understood")
        // What zosh itself keeps is in the same store: its own words say enough.
        guard isAtZoho else { return error }
        error.span = nil
        error.problem =
            "the journal cannot be written, so \(left) of \(planned.count) changes were not started: "
            + error.cause
        // The same line again would be another job, and of a plan there is only one.
        if let number = await record?.job.number {
            let first = error.remedy.map { "\($0); then " } ?? ""
            error.remedy = "\(first)jobs resume \(number)"
        }
        return error
    }

    private func row(_ report: ChangeReport, _ planned: PlannedChange) -> Row {
        counts[report.outcome.rawValue, default: 0] += 1
        progress.count(ended: report.outcome.rawValue)
        // What was never sent has not failed.
        if report.outcome.isFailure, report.outcome != .notStarted {
            failed += 1
            if let code = report.code, !codes.contains(code) { codes.append(code) }
        }
        return report.row(for: planned)
    }

    /// What could not be sent is left for a resume where other changes belong to it, or for the next 'jobs due'; a lone
    /// one is typed again.
    private func report(unsent error: ZoshError) -> ChangeReport {
        if isAtZoho, error.kind == .cancelled {
            return ChangeReport(.notStarted, message: "interrupted before it was sent")
        }
        guard isAtZoho, planned.count > 1 || isTimed, [.network, .rateLimited, .auth].contains(error.kind) else {
            return ChangeReport(.failed, error)
        }
        unsent = error
        return ChangeReport(.notStarted, error)
    }

    /// How the only change ended, which is reported by its error and has no row.
    private func alone(_ outcome: ChangeReport.Outcome, _ error: ZoshError) async -> ZoshError {
        await audited?.conclude(0, ChangeReport(outcome, error))
        return error
    }

    /// - Throws: the error of a lone change of a connection: there is no other row it could hide among, and its
    ///   remedy and exit status matter more than a row.
    private func apply(_ row: Int) async throws -> ChangeReport {
        let planned = planned[row]
        let isAlone = self.planned.count == 1 && !planned.effect.reachesZoho
        let executor = executor
        let since = record?.now
        let running = progress.begin(change: "\(planned.effect.action) \(planned.label)")
        let withdrawal = Withdrawal()
        // A separate task: the line's cancellation must not reach a request that has left.
        let work = Task {
            if let job = planned.accepted { return ChangeResult.accepted(job: job) }
            return await Withdrawal.$current.withValue(withdrawal) { await executor.perform(planned.effect) }
        }
        let result = await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            withdrawal.ask()
        }
        let report = report(result)
        switch result {
        // These are under way until it is known what became of them.
        case .uncertain(let reason):
            lost[row] = (ReadBack.Lost(planned: planned, reason: reason, since: since), running)
        case .accepted(let job, _): accepted[row] = (job, running)
        case .refused(let error) where isAlone, .failed(let error) where isAlone:
            progress.end(running, "failed")
            throw await alone(report.outcome, error)
        default:
            progress.end(
                running, Self.sentence(of: report), isUnread: ShownResult.written(planned, report) != nil)
        }
        return report
    }

    private func report(_ result: ChangeResult) -> ChangeReport {
        switch result {
        case .done(let id, let message): ChangeReport(.done, id: id, message: message)
        case .unchanged(let code, let id, let message):
            ChangeReport(.unchanged, id: id, code: code, message: message ?? "already set, nothing to do")
        case .refused(let error): ChangeReport(.refused, error)
        case .failed(let error): report(unsent: error)
        case .accepted(let job, let reason): .accepted(job, reason: reason)
        case .uncertain(let reason): ChangeReport(.unverified, message: reason)
        }
    }

    /// `refused: the user is deleted`.
    private static func sentence(of report: ChangeReport) -> String {
        ([report.outcome.rawValue] + [report.message].compactMap(\.self)).joined(separator: ": ")
    }
}
