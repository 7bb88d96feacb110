internal import ZoshKit

/// The rows of several connections as one stream, connection after connection, each a few pages ahead of its turn.
///
/// A connection that fails is named in the outcome and costs the others nothing. Memory is bounded by one page for
/// each of the few connections asked at the same time.
actor FanOutRows: RowSource {
    static let mostAtOnce = 4

    struct Leg: Sendable {
        let name: String
        /// Where the write of this connection waits until all are counted; nil where no limit needs it.
        var turn: FanOutTurn?
        /// Connects and begins; nothing is asked before.
        let start: @Sendable () async throws -> RowStream
    }

    private typealias Page = Task<(stream: RowStream, batch: RowBatch?), any Error>

    private let legs: [Leg]
    private let atOnce: Int
    private let finishes: Bool
    private var pages: [Page?]
    private var current = 0
    private var isCounted = false
    private var isPrepared = false
    /// What all connections ask together, until it is answered.
    private var question: SharedQuestion?
    /// Set where all of them are changed or none.
    private let unity: FanOutUnity?
    /// Whether nothing is asked because nothing is changed.
    private let isDry: Bool
    /// Why nothing is changed.
    private var refusal: ZoshError?
    /// The writes that run before their rows are read.
    private var drained: [DrainedRows] = []
    private let console: any Console
    /// Whether earlier commands of the line have changed something.
    private let hasChanged: Bool
    private var collected = RowOutcome()
    private var findings: FanOutFindings

    /// - Parameter finishes: whether the work runs to its end when the rows are not read.
    init(
        _ legs: [Leg], atOnce: Int, finishes: Bool, asking question: SharedQuestion? = nil,
        through console: any Console, allOrNone unity: FanOutUnity? = nil, after hasChanged: Bool = false
    ) {
        self.hasChanged = hasChanged
        self.unity = unity
        isDry = unity != nil && question == nil
        self.question = question
        self.console = console
        self.legs = legs
        self.atOnce = atOnce
        self.finishes = finishes
        pages = legs.map { _ in nil }
        findings = FanOutFindings(total: legs.count)
    }

    /// Those of the first connection that answers, with the connection's name before them.
    func columns() async throws -> Columns {
        try await prepare()
        startWindow()
        for index in legs.indices {
            // What fails here fails again in its turn, and is reported then.
            guard let page = try? await page(index) else {
                if Task.isCancelled {
                    await stop()
                    throw CancellationError()
                }
                continue
            }
            let columns = page.stream.columns
            return columns.headline.isEmpty
                ? .unknown
                : Columns(
                    ["connection"] + columns.headline,
                    fields: columns.fields?.adding(["connection", "connection_2"].map { Field($0, inner: []) }))
        }
        return .unknown
    }

    func next() async throws -> RowBatch? {
        try await prepare()
        while current < legs.count {
            startWindow()
            let name = legs[current].name
            do {
                let (stream, batch) = try await page(current)
                if let batch {
                    pages[current] = Task { (stream: stream, batch: try await stream.next()) }
                    return Self.named(batch, name)
                }
                collected = collected.merged(with: findings.collect(await stream.outcome(), of: name))
            } catch {
                let error = ZoshError.placed(error, at: Span(0, 0))
                guard error.kind != .cancelled else {
                    await stop()
                    throw error
                }
                findings.fail(name, hasChanged ? error.afterChanges : error)
            }
            pages[current] = nil
            current += 1
        }
        return nil
    }

    func outcome() async -> RowOutcome {
        if finishes { while (try? await next()) != nil {} }
        await stop()
        var outcome = collected
        outcome.notes += findings.notes
        outcome.missing += findings.absences
        if let first = findings.firstKind {
            outcome.ending = findings.failedCount == legs.count ? ExitStatus(first) : .partial
        }
        return outcome
    }

    /// Counts, checks and asks, for all connections together, before the first one may write.
    private func prepare() async throws {
        if let refusal { throw refusal }
        guard !isPrepared else { return }
        await countAll()
        do {
            if isCounted { try Self.check(legs, unity) }
            try await askAll()
            if isDry { try await foreseeAll() }
            isPrepared = isCounted
        } catch {
            refusal = ZoshError.placed(error, at: Span(0, 0))
            await stop()
            throw error
        }
    }

    private static func check(_ legs: [Leg], _ unity: FanOutUnity?) throws {
        try unity?.check(legs.compactMap { leg in leg.turn?.failure.map { (leg.name, $0) } })
    }

    /// The connection whose turn it is, and those after it, have a page on its way.
    private func startWindow() {
        for index in current..<min(current + atOnce, legs.count) where pages[index] == nil { begin(index) }
    }

    /// Lets every connection say what it would change, a few at a time, before the first one may write.
    private func countAll() async {
        guard !isCounted else { return }
        for (index, leg) in legs.enumerated() {
            guard let turn = leg.turn else { continue }
            for ahead in index..<min(index + Self.mostAtOnce, legs.count) where pages[ahead] == nil { begin(ahead) }
            await turn.arrived()
        }
        isCounted = !Task.isCancelled
    }

    /// Asks what all connections have to ask, once; then they change what they change at the same time.
    private func askAll() async throws {
        guard isCounted, let question else { return }
        self.question = nil
        for leg in legs { leg.turn?.begin() }
        try await question.settle(asking: console) { [legs, unity] in try Self.check(legs, unity) }
    }

    /// Lets every connection come as far as to ask: what stops the change of one stops the dry run of all as well.
    private func foreseeAll() async throws {
        guard isCounted else { return }
        for leg in legs { leg.turn?.begin() }
        for index in legs.indices { _ = try? await page(index) }
        try Task.checkCancellation()
        try Self.check(legs, unity)
    }

    private func begin(_ index: Int) {
        let leg = legs[index]
        pages[index] = Task {
            defer { leg.turn?.leave() }
            do {
                let started = try await leg.start()
                leg.turn?.question?.begin()
                let stream = question == nil ? started : drain(started)
                return (stream: stream, batch: try await stream.next())
            } catch {
                leg.turn?.fail(error)
                throw error
            }
        }
    }

    /// Lets a write continue although the rows of another connection are shown first.
    private func drain(_ stream: RowStream) -> RowStream {
        let rows = DrainedRows(stream)
        drained.append(rows)
        return RowStream(stream.columns, from: rows)
    }

    private func page(_ index: Int) async throws -> (stream: RowStream, batch: RowBatch?) {
        if pages[index] == nil { begin(index) }
        if isCounted { legs[index].turn?.begin() }
        guard let task = pages[index] else { throw ZoshError(.bug, "a connection was not started") }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: { [drained] in
            // None of the others continues until its turn to be shown.
            for rows in drained { rows.cancel() }
            task.cancel()
        }
    }

    /// The reader has left: what is still on its way ends before the line does, so that nothing of it comes after.
    private func stop() async {
        let left = pages.compactMap(\.self)
        for page in left { page.cancel() }
        for page in left { _ = await page.result }
        for rows in drained { await rows.stop() }
    }

    /// The rows with the connection they came from before everything else.
    private static func named(_ batch: RowBatch, _ connection: String) -> RowBatch {
        var shapes: (before: Shape, after: Shape)?
        return RowBatch(
            batch.rows.map { row in
                if shapes?.before !== row.shape {
                    let names = row.names.map { $0 == "connection" ? "connection_2" : $0 }
                    shapes = (row.shape, Shape(["connection"] + names))
                }
                return Row(shape: shapes?.after ?? row.shape, values: [.string(connection)] + row.values)
            })
    }
}
