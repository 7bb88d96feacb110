internal import FoundationEssentials
internal import GRDB
internal import ZoshTrust

extension StoreReader {
    /// What holds a series together, nil for one in which nothing ever began.
    func seriesState(_ kind: SeriesKind) throws -> SeriesState? {
        try read(kind.record, .shared).map { try SeriesState($0.body) }
    }

    /// An item of a series, nil when there is none of this number. Costs the same however many there are.
    func item(_ number: Int, _ kind: SeriesKind, in state: SeriesState?) throws -> SealedSeries.Item? {
        guard let state, state.holds(number) else { return nil }
        if let item = state.unfinished(number) {
            return .init(number: number, header: Secret(item.header, locked: false), isFinished: false)
        }
        let header = try finishedItem(number, kind).header
        return .init(number: number, header: Secret(header, locked: false), isFinished: true)
    }

    /// The bodies of an item's pieces in order, checked to be all of them.
    func pieces(of number: Int, _ kind: SeriesKind, in state: SeriesState?) throws -> [[UInt8]] {
        guard let state, state.holds(number) else { return [] }
        if let item = state.unfinished(number) {
            return try pieces(number, kind, count: item.pieces, chain: item.chain)
        }
        let item = try finishedItem(number, kind)
        return try pieces(number, kind, count: item.pieces, chain: item.chain)
    }

    func pieces(_ number: Int, _ kind: SeriesKind, count: Int, chain: [UInt8]) throws -> [[UInt8]] {
        let removed = VaultError.damaged("entries of \(kind.rawValue) \(number) were removed, added or exchanged")
        var bodies: [[UInt8]] = []
        var link = PieceChain.start
        let rows = try GRDB.Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT part, generation, sealed FROM piece WHERE kind = ? AND number = ? AND part > 0 ORDER BY part
                    """), arguments: [kind.rawValue, number])
        while let row = try rows.next() {
            guard try row.integer("part") == Int64(bodies.count + 1), bodies.count < count else { throw removed }
            let body = try openPiece(row, number, part: bodies.count + 1, kind)
            link = PieceChain.link(after: link, body)
            bodies.append(body)
        }
        guard bodies.count == count, link == chain else { throw removed }
        return bodies
    }

    func finishedItem(_ number: Int, _ kind: SeriesKind) throws -> FinishedItem {
        guard
            let row = try GRDB.Row.fetchOne(
                database.cachedStatement(
                    sql: "SELECT generation, sealed FROM piece WHERE kind = ? AND number = ? AND part = 0"),
                arguments: [kind.rawValue, number])
        else { throw VaultError.damaged("the finished \(kind.rawValue) \(number) was removed") }
        guard let item = FinishedItem(body: try openPiece(row, number, part: 0, kind)) else {
            throw VaultError.damaged("the header of \(kind.rawValue) \(number) is malformed")
        }
        return item
    }

    private func openPiece(_ row: GRDB.Row, _ number: Int, part: Int, _ kind: SeriesKind) throws -> [UInt8] {
        let identity = RecordSeal.Identity(
            kind: kind.record, id: RecordID(number: number, part: part), generation: try row.integer("generation"))
        do {
            return try seal.open(row.blob("sealed"), as: identity)
        } catch VaultError.damaged {
            throw VaultError.damaged("a piece of \(kind.rawValue) \(number) was changed or belongs elsewhere")
        }
    }
}
