public import ZoshKit

/// The gate every effect passes: read-only, brakes, re-reading, no-ops, dry run, confirmation, journal, applying,
/// read-back.
///
/// One gate serves one line: it holds the session as that line sees it. Stages run in the order they are listed in
/// `apply`, each in a file of its own; nothing has been changed when `apply` throws. What it returns applies the
/// changes as it is pulled, one after the other, and finishes them when its outcome is asked for, so that a
/// `first 1` behind a write cannot leave the rest undone.
public actor ChangeGate: Changes {
    private let session: SessionSnapshot
    private let console: any Console
    private let writer: any ChangeWriter
    private let progress: ProgressMeter
    private let settle: @Sendable () async throws -> Void

    /// - Parameter settle: waits before reading back a write whose reply was lost, since it may land late.
    public init(
        session: SessionSnapshot, console: any Console, writer: any ChangeWriter,
        progress: ProgressMeter = ProgressMeter(),
        settle: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(2)) }
    ) {
        self.session = session
        self.console = console
        self.writer = writer
        self.progress = progress
        self.settle = settle
    }

    public func apply(_ changes: [Change], for call: Call) async throws -> RowStream {
        try await apply(changes.map(PlannedChange.init), for: call, nil, LineTally())
    }

    /// - Parameters:
    ///   - journal: where intents and outcomes are written down; a script's run has one.
    ///   - tally: what the line has changed so far.
    func apply(_ wanted: [PlannedChange], for call: Call, _ journal: StageJournal?, _ tally: LineTally) async throws
        -> RowStream
    {
        let changes = wanted.map(\.change)
        try ReadOnlyStage.check(changes, session, at: call.span)
        try CountStage.check(changes, atMost: call.write.atMost, session, tally, at: call.span)
        try SelfStage.check(changes, session, at: call.span)
        // Connections can hold secrets and are not written down.
        let journal = changes.allSatisfy(\.reachesZoho) ? journal : nil
        var planned = wanted
        if let journal { planned = await journal.settle(planned) }
        planned = DuplicateStage.settle(planned)
        try await RereadStage.settle(&planned, with: writer)
        try await PendingStage.settle(&planned, session, with: writer)
        NoOpStage.settle(&planned)
        if call.write.dryRun || session.dryRun {
            await ReferenceNames.fill(&planned, from: writer)
            DryRunStage.settle(&planned)
            return RowStream(ChangeReport.columns, from: ApplyStage(planned, writer, progress, settle))
        }
        if !(call.write.yes || session.yes) {
            try ConfirmStage.checkAnswerable(planned, session, at: call.span)
            await ReferenceNames.fill(&planned, from: writer)
            try await ConfirmStage.ask(planned, session, console)
        }
        try await journal?.begin(planned)
        return RowStream(ChangeReport.columns, from: ApplyStage(planned, writer, progress, settle, journal))
    }
}
