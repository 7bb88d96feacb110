internal import ZoshTrust

/// Items of series on their way through an export.
extension ExportItem {
    /// One item: its header, then its pieces.
    static func items(
        _ kind: SeriesKind, _ number: Int, _ form: Form, header: [UInt8], pieces: [[UInt8]]
    ) -> [ExportItem] {
        let bodies = [header] + pieces
        return bodies.enumerated().map { part, body in
            ExportItem(
                form: part == 0 ? form : .piece, kind: kind.record, id: RecordID(number: number, part: part),
                body: Secret(body, locked: false))
        }
    }
}

/// An item of a series, put together again.
struct ExportedItem {
    let kind: SeriesKind
    let number: Int
    let isFinished: Bool
    let header: [UInt8]
    private(set) var pieces: [[UInt8]] = []

    /// All items of series among `items`, by kind in ascending order. Throws when they are not in the order that an
    /// export has them in.
    static func all(in items: [ExportItem]) throws(VaultError) -> [SeriesKind: [ExportedItem]] {
        var found: [SeriesKind: [ExportedItem]] = [:]
        for item in items where [.finished, .unfinished, .piece].contains(item.form) {
            guard let kind = item.kind.series, let place = item.id.place else { throw Self.notWhole }
            let body = item.body.withUnsafeBytes { Array($0) }
            var items = found[kind] ?? []
            if item.form == .piece {
                guard let last = items.indices.last, items[last].number == place.number,
                    place.part == items[last].pieces.count + 1
                else { throw Self.notWhole }
                items[last].pieces.append(body)
            } else {
                guard place.part == 0, place.number > items.last?.number ?? 0 else { throw Self.notWhole }
                items.append(
                    ExportedItem(kind: kind, number: place.number, isFinished: item.form == .finished, header: body))
            }
            found[kind] = items
        }
        return found
    }

    private static let notWhole = VaultError.export("is incomplete or damaged")

    func write(with writer: inout SeriesWriter) throws {
        try writer.skip(to: number, kind)
        _ = try writer.begin(kind, header)
        for piece in pieces { try writer.appendPiece(piece, to: number, kind) }
        if isFinished { try writer.finish(number, kind, header: header) }
    }
}
