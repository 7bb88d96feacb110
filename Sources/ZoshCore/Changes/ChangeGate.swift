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
    private let executor: any ChangeExecutor
    private let progress: ProgressMeter
    private let settle: @Sendable () async throws -> Void

    /// - Parameter settle: waits before reading back a write whose reply was lost, since it may land late.
    public init(
        session: SessionSnapshot, console: any Console, executor: any ChangeExecutor,
        progress: ProgressMeter = ProgressMeter(),
        settle: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(2)) }
    ) {
        self.session = session
        self.console = console
        self.executor = executor
        self.progress = progress
        self.settle = settle
    }

    public func apply(_ effects: [any Effect], for call: Call) async throws -> RowStream {
        try await apply(effects.map { PlannedChange($0) }, for: call, nil, LineTally())
    }

    /// Whether a call only says what it would do.
    func isDry(_ call: Call) -> Bool { call.write.dryRun || session.dryRun }

    /// - Parameters:
    ///   - journal: where intents and outcomes are written down; a script's run has one.
    ///   - tally: what the line has changed so far.
    ///   - foreseen: what the lines before would have changed, where this is a dry run, and how its place is called.
    func apply(
        _ wanted: [PlannedChange], for call: Call, _ journal: StageJournal?, _ tally: LineTally,
        after foreseen: (changes: ForeseenChanges, place: String)? = nil
    ) async throws -> RowStream {
        let effects = wanted.map(\.effect)
        let foreseen = isDry(call) ? foreseen : nil
        let connection = session.connection?.name
        var executor = executor
        if let foreseen {
            executor = ForeseeingExecutor(executor: executor, foreseen: foreseen.changes, connection: connection)
        }
        try KnownVerbStage.check(effects, at: call.span)
        try ReadOnlyStage.check(effects, session, at: call.span)
        try CountStage.check(effects, atMost: call.write.atMost, session, tally, at: call.span)
        try SelfStage.check(effects, session, at: call.span)
        // Connections can hold secrets and are not written down.
        let journal = effects.allSatisfy(\.reachesZoho) ? journal : nil
        var planned = wanted
        if let journal { planned = await journal.settle(planned) }
        planned = DuplicateStage.settle(planned)
        try await RereadStage.settle(&planned, with: executor)
        try await PendingStage.settle(&planned, session, with: executor)
        NoOpStage.settle(&planned)
        FinalStateStage.settle(&planned)
        KnownRefusalStage.settle(&planned, session)
        try await TakenHandleStage.settle(&planned, with: executor)
        try await ReferredRecordStage.settle(&planned, with: executor)
        if isDry(call) {
            await ReferenceNames.fill(&planned, from: executor)
            DryRunStage.settle(&planned, after: foreseen?.changes, on: connection)
            foreseen?.changes.note(planned, on: connection, at: foreseen?.place ?? "")
            return RowStream(ChangeReport.columns, from: ApplyStage(planned, executor, progress, settle))
        }
        if !(call.write.yes || session.yes) {
            try ConfirmStage.checkAnswerable(planned, session, at: call.span)
            await ReferenceNames.fill(&planned, from: executor)
            try await ConfirmStage.ask(planned, session, console)
        }
        try await journal?.begin(planned)
        let outgoing = OutgoingChanges(planned, through: executor)
        return RowStream(ChangeReport.columns, from: ApplyStage(planned, outgoing, progress, settle, journal))
    }
}
