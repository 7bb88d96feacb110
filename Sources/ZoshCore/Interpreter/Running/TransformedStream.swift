internal import ZoshKit

/// Rows given out at once by a stage that held them.
let rowsOfPage = 1000

/// What a stage does to rows, a page at a time. Confined to one stream, so it may hold anything.
protocol RowTransform {
    /// What becomes of these rows now.
    mutating func apply(_ rows: [Row]) throws -> [Row]
    /// What is left when no more rows come, a page at a time: called until it returns none.
    mutating func finish() throws -> [Row]
    /// No more rows are wanted.
    var isDone: Bool { get }
    /// How much is wanted of the rows that come in when `downstream` is wanted of those that go out.
    func demand(for downstream: Demand) -> Demand
    /// Whether the rows that go out are worth showing as those that came in.
    var keepsColumns: Bool { get }
    /// Sentences for the person.
    var notes: [String] { get }
}

extension RowTransform {
    mutating func finish() -> [Row] { [] }
    var isDone: Bool { false }
    var keepsColumns: Bool { true }
    func demand(for downstream: Demand) -> Demand { downstream }
    var notes: [String] { [] }
}

/// A stream with a transform applied.
actor TransformedStream<Transform: RowTransform>: RowSource {
    private let upstream: RowStream
    private var transform: Transform
    private var rest: ArraySlice<Row> = []
    /// What the rows that came in said of themselves.
    private var columns: Columns?
    private var isEnding = false
    private var isFinished = false

    /// - Parameter make: called inside, because a transform may hold what cannot cross to another task.
    init(_ upstream: RowStream, _ make: @Sendable () throws -> Transform) rethrows {
        self.upstream = upstream
        transform = try make()
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        while true {
            if !rest.isEmpty {
                let page = rest.prefix(rowsOfPage)
                rest = rest.dropFirst(page.count)
                return RowBatch(Array(page), columns: columns)
            }
            if isFinished { return nil }
            try Task.checkCancellation()
            if !isEnding, !transform.isDone, let batch = try await upstream.next(for: transform.demand(for: demand)) {
                if columns == nil, transform.keepsColumns { columns = batch.columns }
                rest = try PatternWatch.watching { try transform.apply(batch.rows) }[...]
            } else {
                isEnding = true
                rest = try PatternWatch.watching { try transform.finish() }[...]
                isFinished = rest.isEmpty
            }
        }
    }

    func outcome() async -> RowOutcome {
        var outcome = await upstream.outcome()
        outcome.notes += transform.notes
        return outcome
    }
}

extension RowStream {
    func transformed<T: RowTransform>(_ columns: Columns? = nil, _ make: @Sendable () throws -> T) rethrows -> RowStream
    {
        RowStream(columns ?? self.columns, from: try TransformedStream(self, make))
    }
}
