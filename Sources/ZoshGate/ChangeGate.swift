public import ZoshKit

/// The gate every effect passes: read-only, brakes, re-reading, no-ops, dry run, confirmation, journal, applying,
/// read-back.
///
/// One gate serves one line: it holds the session as that line sees it. Stages run in the order they are listed in
/// `apply` and `decide`, each in its own file; nothing has been changed when `apply` throws. What it returns
/// applies the changes as it is pulled, one after the other, and finishes them when its outcome is asked for, so that a
/// `first 1` behind a write cannot leave the rest undone.
public actor ChangeGate: Changes {
    let session: SessionSnapshot
    let console: any Console
    let executor: any ChangeExecutor
    let history: JobHistory?
    private let population: (any PopulationReader)?
    private let audit: (any AuditLog)?
    private let plans: PlanRegistry?
    private let progress: ProgressMeter
    private let nouns: [Resource]
    private let settle: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - history: where jobs are written down; without one nothing can be taken up again.
    ///   - population: what the brakes measure by; without one only the numbers of the connection's limits hold.
    ///   - audit: notified of everything that is changed, before it is and when it is over.
    ///   - plans: where plans are written; without it none can be made.
    ///   - nouns: the table that says how each is written.
    ///   - settle: waits before reading back a write whose reply was lost, since it may land late.
    public init(
        session: SessionSnapshot, console: any Console, executor: any ChangeExecutor, history: JobHistory? = nil,
        population: (any PopulationReader)? = nil, audit: (any AuditLog)? = nil, plans: PlanRegistry? = nil,
        progress: ProgressMeter = ProgressMeter(), nouns: [Resource] = Resource.all,
        settle: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(2)) }
    ) {
        self.session = session
        self.console = console
        self.executor = executor
        self.history = history
        self.population = population
        self.audit = audit
        self.plans = plans
        self.progress = progress
        self.nouns = nouns
        self.settle = settle
    }

    /// Whether a call only says what it would do.
    private func isDry(_ call: Call) -> Bool { call.write.dryRun || call.write.plan != nil || session.dryRun }

    public func apply(_ effects: [any Effect], for call: Call) async throws -> RowStream {
        let effects = try KnownVerbStage(nouns: nouns).checked(effects, at: call.span)
        let origin = call.origin
        let connection = session.connection
        let plan = try draft(of: effects, for: call)
        // What the lines before would have changed; a plan is made of what there is now.
        let foreseen = isDry(call) && plan == nil ? origin.foreseen : nil
        var executor = executor
        if let foreseen {
            executor = ForeseeingExecutor(executor: executor, foreseen: foreseen, connection: connection?.name)
        }
        try ReadOnlyStage.check(effects, session, at: call.span)
        if let history, let connection { try await history.count(earlierAttemptsAt: origin, on: connection) }
        try CountStage.check(
            effects, atMost: call.write.atMost, session, origin.line ?? LineTally(), at: call.span)
        try SelfStage.check(effects, session, at: call.span)
        // The writes of a line at one time are one job at each connection.
        let place = (connection?.name ?? "") + (call.write.at.map { " \($0.text)" } ?? "")
        if effects.contains(where: \.reachesZoho) {
            try origin.line?.note(lasting: call.write.lasting, of: place, at: call.span)
        }
        // Connections can hold secrets and are not written down.
        let history = effects.allSatisfy(\.reachesZoho) ? history : nil
        var planned = effects.map { PlannedChange($0) }
        let approvals = await plans?.approvals(of: origin.plan, for: effects) ?? 0
        for index in planned.indices { planned[index].approvals = approvals }
        if let history { planned = try await history.settle(planned, from: origin, on: session.connection) }
        planned = DuplicateStage.settle(planned)
        let brakes = Brakes(
            session: session, population: population, history: history, call: call, executor: executor,
            foreseen: foreseen)
        try await LicenceStage.check(planned, session, population, origin.line, at: call.span)
        if isDry(call) {
            if let time = call.write.at { try checkIsToCome(time, of: planned, at: call.span) }
            let waiting = try await WaitingJobStage(history, connection, call, nil, within: nil)
            try await decide(&planned, waiting, with: executor)
            if call.write.lasting != nil { try WayBackStage.check(planned, session, at: call.span) }
            await ReferenceNames.fill(&planned, from: executor)
            try await note(brakes, planned)
            noteTimes(planned, call)
            DryRunStage.settle(&planned, after: foreseen, on: connection?.name)
            if call.write.at == nil { foreseen?.note(planned, on: connection?.name, origin) }
            try await plan?.add(planned, undoing: origin.undoes, for: executor)
            return rows(of: planned, executor)
        }
        let timing = try timing(of: planned, for: call)
        var step: SpooledStep?
        if let history, let line = origin.line, let connection {
            let job = line.job(on: place) { newJob(origin, on: connection, in: history, at: timing) }
            try job.check(applying: origin.plan, at: call.span)
            step = SpooledStep(job, at: origin.step)
        }
        do {
            // Of what waits nothing is written down that will not be done.
            let waiting = try await WaitingJobStage(history, connection, call, timing, within: step?.job)
            try await decide(&planned, waiting, with: executor) {
                if timing == nil { try await step?.add($0, of: $1) }
            }
            if call.write.lasting != nil { try WayBackStage.check(planned, session, at: call.span) }
            if let connection, connection.approvals > 0, origin.due?.isWayBack != true {
                await ReferenceNames.fill(&planned, from: executor)
                do {
                    try ApprovalStage.check(
                        planned, session, origin.line ?? LineTally(), isPlan: origin.plan != nil, at: call.span)
                } catch var error as ZoshError {
                    if let due = origin.due { error.remedy = "jobs cancel \(due.job), then make a plan of it" }
                    // What is left can neither be done nor planned while the job is there.
                    if let number = try await history?.unfinished(of: origin, on: connection)?.0.number {
                        error.remedy = "give up what is left: jobs cancel \(number); then make a plan of the rest"
                    }
                    throw error
                }
            }
            if planned.contains(where: AdministratorRights.isAsked) {
                await ReferenceNames.fill(&planned, from: executor)
            }
            try await brakes.check(planned)
            if !(call.write.yes || session.yes) {
                try ConfirmStage.checkAnswerable(planned, session, at: call.span)
                await ReferenceNames.fill(&planned, from: executor)
                try await ConfirmStage.ask(planned, session, console, call.write, with: origin.question)
            }
            try await origin.question?.agree()
            let endTurn = try await brakes.takeTurn()
            defer { endTurn() }
            // Another line may have written one down while the question stood.
            try await WaitingJobStage(history, connection, call, timing, within: step?.job).settle(&planned)
            try await brakes.check(planned)
            if let time = call.write.at {
                try await keep(&planned, in: &step, until: time)
                return rows(of: planned, executor)
            }
            let record = try await step?.begin(planned)
            if planned.contains(where: { $0.settled == nil }) { origin.line?.noteChange() }
            if let undone = origin.undoes, origin.due == nil { await record?.job.note(undoing: undone) }
            if let lasting = call.write.lasting, planned.contains(where: { $0.settled == nil }) {
                try await record?.job.keepWayBack(
                    after: lasting, administrators: call.write.administrators || session.administrators)
            }
            return rows(
                of: planned, OutgoingChanges(planned, through: executor), recorded: record,
                audited: audited(planned, origin, record), isDue: origin.due != nil)
        } catch {
            await step?.discard()
            throw error
        }
    }

    /// The plan that what a call would do goes into; nil where none is made.
    private func draft(of effects: [any Effect], for call: Call) throws -> PlanDraft? {
        guard let path = call.write.plan else {
            guard !isDry(call), call.origin.line?.isPlanned == true, effects.contains(where: \.reachesZoho) else {
                return nil
            }
            throw ZoshError(
                .usage, "other writes of this line have --plan, so this one needs it too", at: call.span,
                remedy: "give every write of the line the same --plan FILE")
        }
        guard let plans, let connection = session.connection, let line = call.origin.line else {
            throw ZoshError(.usage, "--plan needs a login", at: call.span, remedy: "auth login")
        }
        try plans.check(effects, session, call, at: path)
        let draft = line.plan(at: path) { PlanDraft(at: path, of: line.text, on: connection, in: plans) }
        guard draft.connection.name == connection.name else {
            throw ZoshError(
                .refused, "a plan is for one connection, and this line has planned for '\(draft.connection.name)'",
                at: call.span, remedy: "make a plan for each")
        }
        return draft
    }

    /// Reads every target again, a page at a time, and settles what needs no request or must not be sent.
    /// - Parameter decided: called with the places of each page once it is settled as far as it can be by itself.
    private func decide(
        _ planned: inout [PlannedChange], _ waiting: WaitingJobStage, with executor: any ChangeExecutor,
        decided: (Range<Int>, [PlannedChange]) async throws -> Void = { _, _ in }
    ) async throws {
        var shape = Shape([])
        var start = 0
        while start < planned.count {
            let range = PlannedChange.page(of: planned, from: start)
            var page = Array(planned[range])
            try await RereadStage.settle(&page, with: executor)
            try await PendingStage.settle(&page, session, with: executor)
            ChangedSinceStage.settle(&page)
            waiting.settle(&page)
            NoOpStage.settle(&page)
            FinalStateStage.settle(&page)
            KnownRefusalStage.settle(&page, session)
            for index in page.indices { page[index].trim(to: &shape) }
            planned.replaceSubrange(range, with: page)
            try await decided(range, planned)
            start = range.upperBound
        }
        try await TakenHandleStage.settle(&planned, with: executor)
        try await ReferredRecordStage.settle(&planned, with: executor)
    }

    /// Says what would stop the line if it were not a dry run.
    private func note(_ brakes: Brakes, _ planned: [PlannedChange]) async throws {
        do { try await brakes.check(planned) } catch let stop as ZoshError where stop.kind == .refused {
            let remedy = stop.remedy.map { "; \($0)" } ?? ""
            let means = brakes.call.write.plan == nil ? "without --dry-run this is refused" : "apply will refuse this"
            let place = session.fixedConnection.map { "\($0): " } ?? ""
            let note = "Note: \(place)\(means): \(stop.problem)\(remedy)".neutralised
            if brakes.call.origin.line?.isFirst(.note(note)) != false { console.note(note) }
        }
    }

    /// Says when it would be done, and put back.
    private func noteTimes(_ planned: [PlannedChange], _ call: Call) {
        let isOpen = planned.contains { $0.settled == nil }
        guard isOpen, let note = Timing.dryNote(call.write), call.origin.line?.isFirst(.note(note)) != false else {
            return
        }
        console.note(note)
    }

    private func rows(
        of planned: [PlannedChange], _ executor: any ChangeExecutor, recorded rows: RowsOfJob? = nil,
        audited: AuditedBatch? = nil, isDue: Bool = false
    ) -> RowStream {
        let readBack = ReadBack(executor: executor, session: session, settle: settle)
        return RowStream(
            .ofChanges,
            from: ApplyStage(planned, executor, progress, readBack, rows, audited, isTimed: isDue))
    }

    func newJob(
        _ origin: Origin, on connection: ConnectionSummary, in history: JobHistory, at timing: Timing? = nil
    ) -> Job {
        Job(
            origin, on: connection, in: history, at: timing,
            audit: audit.map { AuditedJob(log: $0, connection: connection, origin: origin) })
    }

    private func audited(_ planned: [PlannedChange], _ origin: Origin, _ record: RowsOfJob?) -> AuditedBatch? {
        audit.map { AuditedBatch(planned, session, origin, job: record?.job, in: $0) }
    }
}
