/// What part 0 of a finished item holds; written when the item ends, so that an item without one is not finished.
struct FinishedItem {
    /// How many pieces of entries belong to the item, as parts 1, 2, ….
    let pieces: Int
    /// What `PieceChain` returns for all of them.
    let chain: [UInt8]
    let header: [UInt8]

    init(_ item: SeriesState.Listed, header: [UInt8]) {
        (pieces, chain, self.header) = (item.pieces, item.chain, header)
    }

    /// Fields: pieces, chain, header.
    var body: [UInt8] {
        var fields = Fields()
        fields.append(Int64(pieces))
        fields.append(chain)
        fields.append(header)
        return fields.bytes
    }

    /// Nil unless `body` is one.
    init?(body: [UInt8]) {
        var reader = FieldReader(body)
        guard let pieces = reader.integer(), let chain = reader.next(), let header = reader.next(), reader.isAtEnd
        else { return nil }
        (self.pieces, self.chain, self.header) = (pieces, Array(chain), Array(header))
    }
}

/// What holds the pieces of one item together: a digest over their bodies, in order. It is itself sealed, in the state
/// of the series or in part 0.
enum PieceChain {
    /// Of no pieces.
    static let start = [UInt8](repeating: 0, count: 32)

    static func link(after previous: [UInt8], _ body: [UInt8]) -> [UInt8] {
        var fields = Fields()
        fields.append(previous)
        fields.append(body)
        return SHA256.hash(fields.bytes)
    }
}
