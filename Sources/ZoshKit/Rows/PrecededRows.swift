extension RowStream {
    /// The same rows behind others, whose outcome counts as well.
    package func preceded(by rows: [Row], _ outcome: RowOutcome) -> RowStream {
        rows.isEmpty ? self : RowStream(columns, from: PrecededRows(rows, outcome, before: self))
    }
}

private actor PrecededRows: RowSource {
    private var rows: [Row]
    private let end: RowOutcome
    private let rest: RowStream

    init(_ rows: [Row], _ outcome: RowOutcome, before rest: RowStream) {
        self.rows = rows
        end = outcome
        self.rest = rest
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        guard rows.isEmpty else {
            defer { rows = [] }
            return RowBatch(rows)
        }
        return try await rest.next(for: demand)
    }

    func outcome() async -> RowOutcome { end.merged(with: await rest.outcome()) }
}
