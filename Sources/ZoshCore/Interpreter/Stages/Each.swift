internal import Synchronization
internal import ZoshKit

/// `each { users deactivate $it.id }`: runs a block for every row and returns all of its rows.
struct Each: CoreCommand {
    let signature = Signature(
        "each", "Run a block for every row, which is $it", facts: [.keepsFields], input: .required, effect: .local
    ) {
        Argument("block", .pipeline, "{ … }")
    }

    let examples = [
        Example("open leavers.csv | each { users lookup $it.email | select email, status }", "one look-up for each row")
    ]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input, let block = core.block else { return .none }
        var columns = Columns.unknown
        columns.connections =
            block.mayLeaveConnection
            ? try await shell.connections.all().map(\.place) : shell.session.connection.map { [$0.place] }
        let (runner, place) = (core.runner.sayingOnce(), call.span)
        let readsAll = !core.mayNeverEnd && block.changesUsers
        guard block.writesAtZoho else { return RowStream(columns, from: Runs(input, block, runner, nil, nil)) }
        // What an earlier attempt has done may be what a name is not found by any more.
        // Where a journal keeps the rows all of them are read first, of another program as well.
        let isTried = (core.journal != nil || !core.mayNeverEnd) && core.journal?.run.isContinued != true
        let ahead = isTried ? BlockAhead(block, runner) : nil
        guard let journal = core.journal else {
            return RowStream(columns, from: Runs(input, block, runner, nil, ahead, readsAll: readsAll))
        }
        let rows = RowStream(input.columns, from: RowsOfBlock(input, journal) { runner.noteTooMany(at: place) })
        return RowStream(columns, from: Runs(rows, block, runner, journal.run, ahead))
    }

    /// One row at a time, one statement at a time: what the block does happens in the order of the rows.
    private actor Runs: RowSource {
        private let upstream: RowStream
        private let block: PlannedBlock
        private let runner: PipelineRunner
        private let journal: RunJournal?
        /// Tries the writes for all rows at once, or for as many as are held.
        private let ahead: BlockAhead?
        /// How many rows were held so far.
        private var held = 0
        /// Whether the rows are still to be counted: those of a block that is tried or changes users, and those that a
        /// journal keeps, which are all read first in any case.
        private var isToCount: Bool
        /// What the rows say of where commands of the block run.
        private let targets: TargetsOfRows?
        /// How far it has come, once all rows are read.
        private var turns: LineState.BlockTurns?
        private var rows: ArraySlice<Row> = []
        private var begun = 0
        private var it: CurrentRow?
        private var statements: ArraySlice<PlannedStatement> = []
        private var current: RowStream?
        private var status = ExitStatus.done
        private var collected = RowOutcome()

        init(
            _ upstream: RowStream, _ block: PlannedBlock, _ runner: PipelineRunner, _ journal: RunJournal?,
            _ ahead: BlockAhead?, readsAll: Bool = false
        ) {
            self.ahead = ahead
            isToCount = ahead != nil || journal != nil || readsAll
            targets = TargetsOfRows(block, runner)
            self.upstream = upstream
            self.block = block
            self.runner = runner
            self.journal = journal
        }

        func next() async throws -> RowBatch? { try await next(for: .everything) }

        func next(for demand: Demand) async throws -> RowBatch? {
            while true {
                try Task.checkCancellation()
                do {
                    if let batch = try await step(demand) { return batch }
                } catch {
                    let error = ZoshError.placed(error, at: block.span)
                    // Only `||` in the block may continue after a failure; it is reported all the same.
                    guard !ExitStatus(error.kind).endsEverything, isRescued else { throw error }
                    await runner.text.sink.report(error, in: runner.text.source)
                    current = nil
                    status = ExitStatus(error.kind)
                    continue
                }
                if current == nil, statements.isEmpty, try await !advance(demand) { return nil }
            }
        }

        func outcome() async -> RowOutcome {
            var outcome = await upstream.outcome().merged(with: collected)
            // What several rows have to say alike is said once.
            var said: Set<String> = []
            outcome.notes = outcome.notes.filter { said.insert($0).inserted }
            return outcome
        }

        private var isRescued: Bool {
            statements.first { $0.condition != .ifDone }?.condition == .ifFailed
        }

        /// Rows of the statement that runs, or nothing when it ended and the next one began.
        private func step(_ demand: Demand) async throws -> RowBatch? {
            if let stream = current {
                if let batch = try await stream.next(for: demand) {
                    // What several statements give has no columns in common, unless all say what was changed.
                    return block.statements.count == 1 || block.endsInWrites
                        ? RowBatch(batch.rows, columns: stream.columns(with: batch)) : batch
                }
                let outcome = await stream.outcome()
                collected = collected.merged(with: outcome)
                status = outcome.status
                current = nil
            }
            guard let statement = statements.popFirst() else { return nil }
            switch statement.condition {
            case .ifDone where status != .done: return nil
            case .ifFailed where status == .done: return nil
            case .always, .ifDone, .ifFailed: break
            }
            guard case .run(let pipeline) = statement.action else { return nil }
            if status != .done { await journal?.continueAfterFailure() }
            let inner = PipelineRunner(
                text: runner.text, shell: runner.shell, it: it, allowsProse: false, journal: journal)
            current = try await inner.start(pipeline).stream
            return nil
        }

        /// A block within a block is part of a row of the outer one.
        private func note() { if runner.it == nil { runner.text.line.note(turns) } }

        /// Nothing is changed where a row names another connection than the one it was read from.
        private func checkPlaces(of rows: [Row]) async throws {
            let places = upstream.columns.connections
            if let other = try ConnectionColumn.misplaced(rows, readIn: places) {
                throw other.error(remedy: "leave the column out: … | select id | each { … }")
            }
            let named = ConnectionColumn.connections(of: rows) ?? []
            guard targets != nil || !named.isEmpty else { return }
            let all = try await runner.shell.connections.all()
            let other = all.first { now in
                named.contains(now.name) && places?.contains { $0.isTaken(by: now) } == true
            }
            if let other { throw ConnectionSearch.isAnother(other.name) }
            try await targets?.check(rows, upstream.columns, among: all)
        }

        /// Holds the next rows, once they are tried.
        private func hold(_ known: [Row]) async throws {
            if block.changesUsers, journal?.isContinued != true { try await checkPlaces(of: known) }
            try await ahead?.check(known, upstream.columns, after: held)
            held += known.count
            rows = known[...]
        }

        /// The next row; false when there is none.
        private func advance(_ demand: Demand) async throws -> Bool {
            if isToCount {
                isToCount = false
                let known = try await upstream.collect(limit: BlockAhead.most + 1)
                turns = LineState.BlockTurns(total: known.count <= BlockAhead.most ? known.count : nil)
                note()
                try await hold(known)
            } else if rows.isEmpty, ahead != nil || block.changesUsers, held > BlockAhead.most {
                try await hold(try await upstream.collect(limit: BlockAhead.most))
            }
            if rows.isEmpty, let batch = try await upstream.next(for: demand) { rows = batch.rows[...] }
            guard let row = rows.popFirst() else { return false }
            begun += 1
            try await targets?.check([row], upstream.columns, from: begun - 1, among: nil)
            turns?.begun += 1
            turns?.changesBefore = runner.shell.progress.reading.changes
            note()
            await journal?.beginLine()
            it = CurrentRow(row: row, fields: upstream.columns.fields, connections: upstream.columns.connections)
            statements = block.statements[...]
            status = .done
            return true
        }
    }
}

extension PlannedBlock {
    /// Whether it changes users there are, also in a block of its own.
    fileprivate var changesUsers: Bool {
        statements.contains { statement in
            statement.pipelines.contains { pipeline in
                pipeline.stages.contains { $0.signature.map { $0.routesRows && !$0.states(.addsRecords) } ?? false }
            }
        }
    }

    fileprivate var endsInWrites: Bool { statements.allSatisfy { $0.ownPipelines.allSatisfy(\.endsInWrite) } }

    /// Whether its rows may be of any connection: each row may name other ones, and variables may hold any rows.
    fileprivate var mayLeaveConnection: Bool {
        statements.contains { statement in
            statement.ownPipelines.contains { pipeline in
                pipeline.stages.contains { stage in
                    if case .variable = stage.action { return true }
                    return stage.isFanOut || stage.block?.mayLeaveConnection == true
                }
            }
        }
    }
}

extension PipelineRunner {
    /// The same, which says once what several rows have to say.
    fileprivate func sayingOnce() -> PipelineRunner {
        PipelineRunner(
            text: text, shell: shell.replacing(console: NotesOnce(console: shell.console)), it: it,
            allowsProse: allowsProse, journal: journal, turn: turn)
    }
}

/// A console that passes every note on once.
private final class NotesOnce: Console {
    private let console: any Console
    private let said = Mutex<Set<String>>([])

    init(console: any Console) { self.console = console }

    func note(_ text: String) {
        if said.withLock({ $0.insert(text).inserted }) { console.note(text) }
    }

    func ask(_ prompt: String) async throws -> String { try await console.ask(prompt) }
    func confirm(_ question: Confirmation) async throws -> Bool { try await console.confirm(question) }
}
