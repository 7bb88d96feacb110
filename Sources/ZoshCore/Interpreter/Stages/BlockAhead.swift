internal import ZoshKit

/// Tries the writes of a block for every row before it runs for the first: a role, a value or a user that row 300 does
/// not have would otherwise be found after 299 rows were changed.
///
/// What reads before a write (`users lookup $it.id | users update …`) is read for the try as well; lists of pages,
/// which would cost as many calls for every row, other programs and inner blocks are not, and nothing behind them is
/// tried that depends on how they end.
struct BlockAhead {
    /// Rows that are held to be tried; of more the next ones are tried before the first of them runs.
    @TaskLocal static var most = 10_000

    private let block: PlannedBlock
    private let runner: PipelineRunner
    private let shell: ShellContext
    private let foreseen = ForeseenChanges(countingFrom: 1_000_000_000)

    /// - Returns: nil when nothing of the block can be tried.
    init?(_ block: PlannedBlock, _ runner: PipelineRunner) {
        self.block = block
        self.runner = runner
        shell = runner.shell.rememberingLists().foreseeing(foreseen)
        guard block.triable.contains(where: { $0.pipeline?.writesAtZoho == true }) else { return nil }
    }

    /// Counts whom the rows would change for the line's limit, too: the first write refuses what is more.
    /// - Parameter before: how many rows have been tried and run before these.
    /// - Throws: what is wrong with the rows, all of it at once.
    func check(_ rows: [Row], _ columns: Columns, after before: Int) async throws {
        var failed: [(row: Row, number: Int, error: ZoshError)] = []
        for (index, row) in rows.enumerated() {
            try Task.checkCancellation()
            let it = CurrentRow(row: row, fields: columns.fields, connections: columns.connections)
            do { try await check(it) } catch {
                let error = ZoshError.placed(error, at: block.span)
                guard [.usage, .notFound, .local].contains(error.kind) else { throw error }
                failed.append((row, before + index + 1, error))
            }
        }
        guard var whole = failed.first?.error else { return }
        guard before + rows.count > 1 else { throw whole }
        let isAlone = failed.count == 1
        var problems = RowProblems()
        for (row, number, error) in failed {
            var error = error
            // The remedy of one alone stands behind it anyway.
            if isAlone { error.remedy = nil }
            problems.add(error, at: row.origin, row: number)
        }
        // What helps one row need not help the next.
        if Set(failed.map(\.error.remedy)).count > 1 || !isAlone && whole.suggestion != nil { whole.remedy = nil }
        whole.problem =
            isAlone ? problems.found.details[0] : "\(failed.count) of \(rows.count) rows cannot be changed"
        whole.consequence =
            before == 0 ? ZoshError.nothingChanged : "of the rows from \(before + 1) on nothing was changed"
        whole.details = isAlone ? [] : problems.found.details
        whole.rows = problems.found
        throw whole
    }

    /// Runs what can be tried for one row as the block would, with a gate that changes nothing.
    private func check(_ it: CurrentRow) async throws {
        var status = ExitStatus.done
        for statement in block.triable {
            switch statement.condition {
            case .ifDone where status != .done: continue
            case .ifFailed where status == .done: continue
            case .always, .ifDone, .ifFailed: break
            }
            guard let pipeline = statement.pipeline else { continue }
            do { status = try await tried(pipeline, it) } catch {
                let error = ZoshError.placed(error, at: pipeline.span)
                guard statement.isRescued, !ExitStatus(error.kind).endsEverything else { throw error }
                status = ExitStatus(error.kind)
            }
        }
    }

    private func tried(_ pipeline: PlannedPipeline, _ it: CurrentRow) async throws -> ExitStatus {
        let gathered = GatheredChanges()
        let inner = PipelineRunner(
            text: runner.text, shell: shell.replacing(changes: gathered), it: it, allowsProse: false, journal: nil)
        let stream = try await inner.connect(pipeline).stream
        while try await stream.next() != nil {}
        let effects = await gathered.effects
        let connection = shell.session.connection?.name
        foreseen.noteNew(effects, on: connection)
        runner.text.tally.announce(effects.filter { !foreseen.isNew($0, on: connection) }, on: connection)
        return await stream.outcome().status
    }
}

/// A statement of a block as far as it can be tried.
private struct TriableStatement {
    let condition: Statement.Condition
    /// Nil for what need not run: nothing depends on how it ends.
    let pipeline: PlannedPipeline?
    /// Whether the block continues when it fails.
    let isRescued: Bool
}

extension PlannedBlock {
    /// The statements up to one whose outcome the next ones need and that cannot be tried.
    fileprivate var triable: [TriableStatement] {
        var found: [TriableStatement] = []
        for (index, statement) in statements.enumerated() {
            let rest = statements.dropFirst(index + 1)
            let isNeeded = rest.first.map { $0.condition != .always } ?? false
            var pipeline: PlannedPipeline?
            if case .run(let own) = statement.action, own.isTriable { pipeline = own }
            if pipeline == nil, isNeeded { break }
            if pipeline?.writesAtZoho == false, !isNeeded { pipeline = nil }
            found.append(
                TriableStatement(
                    condition: statement.condition, pipeline: pipeline,
                    isRescued: rest.first { $0.condition != .ifDone }?.condition == .ifFailed))
        }
        return found
    }
}

extension PlannedPipeline {
    /// Whether it can run for nothing but to see what its writes would be.
    fileprivate var isTriable: Bool {
        stages.allSatisfy { stage in
            guard stage.block == nil, !stage.isFanOut else { return false }
            guard let signature = stage.signature else { return !runsPrograms }
            guard !signature.states(.isPaged), !signature.states(.savesRows) else { return false }
            return signature.effect == .writes || signature.effect == .reads
                || signature.effect == .local && signature.input == .required
        }
    }
}

/// Takes changes and does nothing with them.
private actor GatheredChanges: Changes {
    private(set) var effects: [any Effect] = []

    func apply(_ effects: [any Effect], for call: Call) async throws -> RowStream {
        self.effects += effects
        return RowStream(.ofChanges, rows: [])
    }
}

extension ShellContext {
    /// The same context, which says nothing and reads each whole list (roles, profiles) once, however many rows ask.
    fileprivate func rememberingLists() -> ShellContext {
        replacing(files: files, zoho: RememberedLists(zoho), console: SilentConsole())
    }
}

/// What a try has to say is said by the run.
private struct SilentConsole: Console {
    func note(_ text: String) {}
    func ask(_ prompt: String) async throws -> String { throw ZoshError.interrupted }
    func confirm(_ question: Confirmation) async throws -> Bool { false }
}

/// Zoho, with the lists that come whole kept from the first reading on.
private struct RememberedLists: ZohoService {
    private let zoho: any ZohoService
    private let kept = Kept()

    init(_ zoho: any ZohoService) { self.zoho = zoho }

    private actor Kept {
        private var lists: [Resource: [Row]] = [:]

        func rows(_ resource: Resource, from zoho: any ZohoService) async throws -> [Row] {
            if let rows = lists[resource] { return rows }
            let rows = try await zoho.list(resource).collect()
            lists[resource] = rows
            return rows
        }
    }

    private actor Once: RowSource {
        private var read: (@Sendable () async throws -> [Row])?

        init(_ read: @escaping @Sendable () async throws -> [Row]) { self.read = read }

        func next() async throws -> RowBatch? {
            guard let read else { return nil }
            self.read = nil
            return RowBatch(try await read())
        }

        func outcome() -> RowOutcome { RowOutcome() }
    }

    func list(_ resource: Resource, _ query: ListQuery) -> RowStream {
        guard case .whole = resource.reads, query == ListQuery() else { return zoho.list(resource, query) }
        return RowStream(.of(resource), from: Once { [kept, zoho] in try await kept.rows(resource, from: zoho) })
    }

    func lookup(
        _ resource: Resource, ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion?
    ) -> RowStream { zoho.lookup(resource, ids: ids, version: version) }

    func count(_ resource: Resource, _ query: ListQuery) async throws -> Int { try await zoho.count(resource, query) }

    func get(_ path: String, query: [(name: String, value: String)], version: APIVersion?) async throws -> RawReply {
        try await zoho.get(path, query: query, version: version)
    }

    func auditLog(from start: Int64, through end: Int64) async throws -> [Row] {
        try await zoho.auditLog(from: start, through: end)
    }
}
