internal import ZoshTrust

/// The one record that holds a series together: which numbers there are, and all about the items that are not finished.
///
/// Being a record it is in the set seal, so nothing of it can be cut, exchanged or put back. Its size follows the
/// unfinished items, not the finished ones.
///
/// Invariant: a number from `first` to `next` - 1 that is not listed is that of a finished item; a number below `first`
/// has an item only if it is listed. So a finished item that was removed by other means than pruning is missed.
struct SeriesState {
    /// An item named here: an unfinished one with all there is to know, a finished one for its number alone.
    struct Listed: Equatable {
        var isFinished = false
        /// Pieces of entries so far.
        var pieces = 0
        var chain = PieceChain.start
        var header: [UInt8] = []
    }

    /// The first number that is not pruned.
    var first = 1
    /// The number of the next item to begin.
    var next = 1
    /// Bytes of all pieces as they are stored.
    var byteCount = 0
    private(set) var listed: [Int: Listed] = [:]
    /// The key of the tags of finished items.
    private let mark: [UInt8]
    /// The tags of all finished items together. Each item opens as itself; this tells that none comes from a copy of
    /// the store that went another way.
    private(set) var sum: [UInt8]

    init() {
        mark = RecordID().bytes + RecordID().bytes
        sum = [UInt8](repeating: 0, count: 32)
    }

    // MARK: Which items there are

    func holds(_ number: Int) -> Bool { listed[number] != nil || (first..<next).contains(number) }

    func unfinished(_ number: Int) -> Listed? {
        listed[number].flatMap { $0.isFinished ? nil : $0 }
    }

    /// All numbers with an item, ascending.
    var numbers: [Int] { listed.keys.filter { $0 < first }.sorted() + Array(first..<next) }

    /// The numbers below `bound` with an item, the newest first, no more than `most`.
    func latest(_ most: Int, below bound: Int) -> [Int] {
        var found: [Int] = []
        var number = min(bound, next) - 1
        while number >= first, found.count < most {
            found.append(number)
            number -= 1
        }
        let earlier = listed.keys.filter { $0 < min(first, bound) }.sorted(by: >)
        return found + earlier.prefix(max(0, most - found.count))
    }

    var unfinishedNumbers: [Int] { listed.filter { !$0.value.isFinished }.keys.sorted() }

    /// How many items there are.
    var count: Int { next - first + listed.keys.count { $0 < first } }

    var finishedCount: Int { count - listed.values.count { !$0.isFinished } }

    // MARK: Changes

    mutating func begin(_ header: [UInt8]) -> Int {
        defer { next += 1 }
        listed[next] = Listed(header: header)
        return next
    }

    mutating func replace(_ number: Int, with item: Listed) { listed[number] = item }

    mutating func finish(_ number: Int, as item: FinishedItem) {
        toggle(number, item)
        listed[number] = number < first ? Listed(isFinished: true) : nil
    }

    mutating func remove(_ number: Int, _ item: FinishedItem) {
        toggle(number, item)
        listed[number] = nil
    }

    /// Takes back the latest number.
    /// - Returns: false when there is a later one.
    mutating func takeBack(_ number: Int) -> Bool {
        guard number == next - 1, number >= first else { return false }
        listed[number] = nil
        next = number
        return true
    }

    /// Goes on at a higher number; the items before it stay, by name.
    mutating func skip(to number: Int) {
        for known in first..<next where listed[known] == nil { listed[known] = Listed(isFinished: true) }
        (first, next) = (number, number)
    }

    /// Adds a finished item to the sum, or takes it out: which is the same.
    private mutating func toggle(_ number: Int, _ item: FinishedItem) {
        for (place, byte) in tag(number, item).enumerated() { sum[place] ^= byte }
    }

    func tag(_ number: Int, _ item: FinishedItem) -> [UInt8] {
        var fields = Fields()
        fields.append(Int64(number))
        fields.append(item.body)
        return HMAC.code(of: fields.bytes, under: Secret(mark))
    }
}

extension SeriesState {
    /// Fields: first, next, bytes, mark, sum; then for each item listed, by ascending number: number, 1 for a finished
    /// one, pieces, chain, header.
    var body: [UInt8] {
        var fields = Fields()
        for number in [first, next, byteCount] { fields.append(Int64(number)) }
        fields.append(mark)
        fields.append(sum)
        for (number, item) in listed.sorted(by: { $0.key < $1.key }) {
            fields.append(Int64(number))
            fields.append(Int64(item.isFinished ? 1 : 0))
            fields.append(Int64(item.pieces))
            fields.append(item.chain)
            fields.append(item.header)
        }
        return fields.bytes
    }

    init(_ body: Secret) throws(VaultError) {
        var reader = FieldReader(body.withUnsafeBytes { Array($0) })
        guard let first = reader.integer(), let next = reader.integer(), let byteCount = reader.integer(),
            let mark = reader.next(), let sum = reader.next(), sum.count == 32, first >= 1, first <= next
        else { throw Self.unknown }
        (self.first, self.next, self.byteCount) = (first, next, byteCount)
        (self.mark, self.sum) = (Array(mark), Array(sum))
        while !reader.isAtEnd {
            guard let number = reader.integer(), let finished = reader.integer(), let pieces = reader.integer(),
                let chain = reader.next(), let header = reader.next(), number < next
            else { throw Self.unknown }
            listed[number] = Listed(
                isFinished: finished == 1, pieces: pieces, chain: Array(chain), header: Array(header))
        }
    }

    private static let unknown = VaultError.damaged("the state of a series is malformed")
}
