internal import ZoshKit

/// The rows of a write that say in a column `connection` where each of them belongs.
struct RoutedRows: Sendable {
    /// How the rows were given to the command.
    enum Source: Sendable, Hashable {
        case pipe
        /// A file that an option names.
        case file(path: BoundValue, FileOptions)
        /// Words that are rows: those of a variable, or of `@FILE`.
        case words(parameter: String)

        var place: Span? { if case .file(let path, _) = self { path.span } else { nil } }
    }

    let source: Source
    var rows: [Row]
    var outcome = RowOutcome()
    /// Where they were read; nil where that is not known.
    var places: [ConnectionPlace]?

    /// What is written down of them.
    var kept: KeptRows {
        var columns = Columns.unknown
        columns.connections = places
        return KeptRows(rows: rows, columns: columns, outcome: outcome)
    }

    /// Passes the rows to a command in the way they came.
    func hand(to bound: inout PipelineRunner.Bound, _ input: inout RowStream?, reading files: any RowFiles) {
        let stream = RowStream(rows: rows, outcome: outcome)
        switch source {
        case .pipe: input = stream
        case .file(let path, _):
            input = nil
            bound.files = FileInHand(path: path.text, rows: stream, others: files)
        case .words(let parameter):
            input = nil
            let place = bound.bound[parameter]?.first?.span ?? bound.stage.name
            bound.bound[parameter] = rows.map { BoundValue(.row($0), at: place) }
        }
    }
}

/// Files of which one was begun to be read already.
struct FileInHand: RowFiles {
    let path: String
    let rows: RowStream
    let others: any RowFiles

    func rows(at path: String, _ options: FileOptions) async throws -> RowStream {
        path == self.path ? rows : try await others.rows(at: path, options)
    }
}

/// Rows of which the first have no column that says where they belong: no later one may have it, or it would be changed
/// in the wrong organisation.
actor RowsOfOnePlace: RowSource {
    private let upstream: RowStream
    private let saysIt: @Sendable (Row) -> Bool
    private var last: [String]?

    /// - Parameter saysIt: whether a row has such a column.
    init(_ upstream: RowStream, _ saysIt: @escaping @Sendable (Row) -> Bool) {
        self.upstream = upstream
        self.saysIt = saysIt
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        guard let batch = try await upstream.next(for: demand) else { return nil }
        for row in batch.rows where row.names != last {
            last = row.names
            guard !saysIt(row) else {
                throw ZoshError(
                    .usage, "this row names a connection, and the first rows do not", in: row.origin,
                    consequence: ZoshError.nothingChanged,
                    remedy: "give every row the column connection, or none")
            }
        }
        return batch
    }

    func outcome() async -> RowOutcome { await upstream.outcome() }
}

/// Rows for a command that looks in one organisation: one that says it belongs to another ends them.
actor RowsOfHere: RowSource {
    private let upstream: RowStream
    private let check: @Sendable ([Row]) async throws -> Void

    init(_ upstream: RowStream, _ check: @escaping @Sendable ([Row]) async throws -> Void) {
        self.upstream = upstream
        self.check = check
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        guard let batch = try await upstream.next(for: demand) else { return nil }
        try await check(batch.rows)
        return batch
    }

    func outcome() async -> RowOutcome { await upstream.outcome() }
}

/// The results of rows that came from several connections: where one of those gave none, the line does not end well.
struct RowsEndingAsBefore: RowSource {
    private let upstream: any RowSource
    private let ending: ExitStatus?

    init(_ upstream: any RowSource, before: RowOutcome) {
        self.upstream = upstream
        ending = before.ending
    }

    func next() async throws -> RowBatch? { try await upstream.next() }

    func outcome() async -> RowOutcome {
        var outcome = await upstream.outcome()
        outcome.ending = outcome.ending ?? ending
        return outcome
    }
}
