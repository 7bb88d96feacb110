internal import GRDB
internal import ZoshTrust

/// Opens every item of one series that still opens, also without its state, and names what does not.
struct SeriesSalvage {
    private let kind: SeriesKind
    private let reader: StoreReader
    /// Runs something that may fail, and reports it when it does.
    private let noting: (() throws -> Void) -> Void

    init(_ kind: SeriesKind, _ reader: StoreReader, noting: @escaping (() throws -> Void) -> Void) {
        (self.kind, self.reader, self.noting) = (kind, reader, noting)
    }

    /// - Parameter found: called with each item that is whole: its header and then its pieces.
    func run(found: ([ExportItem]) -> Void) {
        var state: SeriesState?
        noting { state = try reader.seriesState(kind) }
        var numbers: [Int] = []
        noting { numbers = try state?.numbers ?? storedNumbers() }
        var sum = [UInt8](repeating: 0, count: 32)
        var missing = numbers.count
        for number in numbers {
            noting {
                if let item = state?.unfinished(number) {
                    let bodies = try reader.pieces(number, kind, count: item.pieces, chain: item.chain)
                    found(ExportItem.items(kind, number, .unfinished, header: item.header, pieces: bodies))
                } else {
                    let item = try reader.finishedItem(number, kind)
                    if let tag = state?.tag(number, item) { for place in sum.indices { sum[place] ^= tag[place] } }
                    let bodies = try reader.pieces(number, kind, count: item.pieces, chain: item.chain)
                    found(ExportItem.items(kind, number, .finished, header: item.header, pieces: bodies))
                }
                missing -= 1
            }
        }
        guard let state else { return }
        // Each item is genuine; are they all from the same copy of this store?
        noting {
            guard missing > 0 || sum == state.sum else {
                throw VaultError.damaged("a finished \(kind.rawValue) comes from another copy of this store")
            }
        }
        noting { try checkBelonging(state) }
    }

    /// Pieces that no item knows are read by nothing. Reading an item finds those beyond its last one.
    private func checkBelonging(_ state: SeriesState) throws {
        let known = Set(state.numbers)
        var strays = try storedNumbers().count { !known.contains($0) }
        strays += try count("part < 0")
        for number in state.unfinishedNumbers { strays += try count("part = 0 AND number = \(number)") }
        guard strays == 0 else {
            throw VaultError.damaged("\(strays) of the rows of 'piece' belong to no \(kind.rawValue)")
        }
    }

    private func count(_ condition: String) throws -> Int {
        let row = try GRDB.Row.fetchOne(
            reader.database, sql: "SELECT count(*) AS n FROM piece WHERE kind = ? AND \(condition)",
            arguments: [kind.rawValue])
        return Int(try row?.integer("n") ?? 0)
    }

    private func storedNumbers() throws -> [Int] {
        try GRDB.Row.fetchAll(
            reader.database, sql: "SELECT DISTINCT number FROM piece WHERE kind = ? ORDER BY number",
            arguments: [kind.rawValue]
        ).map { Int(try $0.integer("number")) }
    }
}
