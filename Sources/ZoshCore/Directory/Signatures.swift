/// Which letters, and which pairs of neighbours, occur in whose texts: a bit for each person and each letter or pair.
///
/// Sliced by letter, not by person: a question reads the few rows it is about, 64 people at a time, and rules most
/// people out. A bit says "may occur", never "occurs": letters and pairs share rows, so whoever passes is still looked
/// at.
struct Signatures: Sendable {
    private static let kinds = 64
    /// Rows of letters anywhere, of letters before the domain, of letters that stand there twice, of pairs.
    private static let (anywhere, before, twice, pairs) = (0, kinds, 2 * kinds, 3 * kinds)
    private static let pairKinds = 1024

    /// 64 people each.
    let blocks: Int
    private let rows: [UInt64]

    init(_ texts: FoldedPeople) {
        let blocks = (texts.count + 63) / 64
        var rows = [UInt64](repeating: 0, count: (Self.pairs + Self.pairKinds) * blocks)
        rows.withUnsafeMutableBufferPointer { rows in
            texts.bytes.withUnsafeBufferPointer { bytes in
                for person in 0..<texts.count {
                    let (block, bit) = (person / 64, UInt64(1) << UInt64(person % 64))
                    var (letters, once, again): (UInt64, UInt64, UInt64) = (0, 0, 0)
                    var last: UInt8?
                    var field = 0
                    var isBeforeDomain = true
                    for at in texts.place(person) {
                        let byte = bytes[at]
                        if byte == FoldedPeople.fieldEnd {
                            field += 1
                            isBeforeDomain = field < 2
                            last = nil
                            continue
                        }
                        if field == 1, byte == UInt8(ascii: "@") { isBeforeDomain = false }
                        let letter = UInt64(1) << UInt64(FoldedPeople.kind(byte))
                        letters |= letter
                        if isBeforeDomain {
                            again |= once & letter
                            once |= letter
                        }
                        if let last { rows[(Self.pairs + Self.pair(last, byte)) * blocks + block] |= bit }
                        last = byte
                    }
                    for (start, set) in [(Self.anywhere, letters), (Self.before, once), (Self.twice, again)] {
                        var left = set
                        while left != 0 {
                            rows[(start + left.trailingZeroBitCount) * blocks + block] |= bit
                            left &= left - 1
                        }
                    }
                }
            }
        }
        self.blocks = blocks
        self.rows = rows
    }

    /// Rows everybody must be in who may match.
    struct Rows {
        fileprivate let starts: [Int]
    }

    /// For whoever has this text somewhere.
    func holding(_ wanted: [UInt8]) -> Rows {
        let letters = wanted.map { Self.anywhere + FoldedPeople.kind($0) }
        let pairs = zip(wanted, wanted.dropFirst()).map { Self.pairs + Self.pair($0, $1) }
        return Rows(starts: Set(pairs + letters).map { $0 * blocks })
    }

    /// For whoever has these letters in this order before the domain; an @ leads into it.
    func holdingInOrder(_ wanted: [UInt8]) -> Rows {
        var (once, again): (Set<Int>, Set<Int>) = ([], [])
        for letter in wanted.prefix(while: { $0 != UInt8(ascii: "@") }).map(FoldedPeople.kind) where !once.insert(letter).inserted {
            again.insert(letter)
        }
        return Rows(starts: once.map { (Self.before + $0) * blocks } + again.map { (Self.twice + $0) * blocks })
    }

    /// A bit for each of 64 people who are in all of the rows.
    @inline(__always)
    func people(of block: Int, in rows: Rows) -> UInt64 {
        var people = UInt64.max
        for start in rows.starts { people &= self.rows[start + block] }
        return people
    }

    @inline(__always)
    private static func pair(_ first: UInt8, _ second: UInt8) -> Int {
        Int(((UInt32(first) << 8 | UInt32(second)) &* 2_654_435_761) >> 22)
    }
}
