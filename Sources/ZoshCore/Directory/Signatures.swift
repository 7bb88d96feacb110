/// Which letters, and which pairs of neighbours, occur in whose texts: a bit for each person and each letter or pair.
///
/// Sliced by letter, not by person: a question reads the few rows it is about, 64 people at a time, and rules most
/// people out. A bit says "may occur", never "occurs": letters and pairs share rows, and the domain most people have
/// is left out, so a person who passes is still looked at.
struct Signatures: Sendable {
    private static let kinds = 64
    /// Rows of letters anywhere, of letters before the domain, of letters that stand there twice, of pairs.
    private static let (anywhere, before, twice, pairs) = (0, kinds, 2 * kinds, 3 * kinds)
    private static let pairKinds = 1024
    private static let all = pairs + pairKinds

    /// 64 people each.
    let blocks: Int
    private let rows: [UInt64]
    private let domain: CommonDomain

    init(_ texts: FoldedPeople) {
        let blocks = (texts.count + 63) / 64
        let domain = CommonDomain(texts)
        var rows = [UInt64](repeating: 0, count: Self.all * blocks)
        // A block's rows are filled where the processor has them at hand, and put in their places afterwards.
        var some = [UInt64](repeating: 0, count: Self.all)
        rows.withUnsafeMutableBufferPointer { rows in
            some.withUnsafeMutableBufferPointer { some in
                texts.bytes.withUnsafeBufferPointer { bytes in
                    for block in 0..<blocks {
                        for person in block * 64..<min(block * 64 + 64, texts.count) {
                            Self.mark(
                                texts.place(person), of: bytes, UInt64(1) << UInt64(person % 64), besides: domain,
                                in: some)
                        }
                        for row in 0..<Self.all where some[row] != 0 {
                            rows[row * blocks + block] = some[row]
                            some[row] = 0
                        }
                    }
                }
            }
        }
        (self.blocks, self.rows, self.domain) = (blocks, rows, domain)
    }

    /// Sets a person's bit in every row that applies.
    @inline(__always)
    private static func mark(
        _ text: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>, _ bit: UInt64, besides domain: CommonDomain,
        in rows: UnsafeMutableBufferPointer<UInt64>
    ) {
        var (letters, once, again): (UInt64, UInt64, UInt64) = (0, 0, 0)
        var last: UInt8?
        var field = 0
        var isBeforeDomain = true
        var at = text.lowerBound
        while at < text.upperBound {
            let byte = bytes[at]
            at += 1
            if byte == FoldedPeople.fieldEnd {
                field += 1
                isBeforeDomain = field < 2
                last = nil
                continue
            }
            let beginsDomain = field == 1 && isBeforeDomain && byte == UInt8(ascii: "@")
            if beginsDomain { isBeforeDomain = false }
            let letter = UInt64(1) << UInt64(FoldedPeople.kind(byte))
            letters |= letter
            if isBeforeDomain {
                again |= once & letter
                once |= letter
            }
            if let last { rows[pairs + pair(last, byte)] |= bit }
            last = byte
            if beginsDomain, domain.matches(at: at, in: bytes) { at += domain.bytes.count }
        }
        for (start, set) in [(anywhere, letters), (before, once), (twice, again)] {
            var left = set
            while left != 0 {
                rows[start + left.trailingZeroBitCount] |= bit
                left &= left - 1
            }
        }
    }

    /// Rows in which a person must be to match.
    struct Rows {
        fileprivate let starts: [Int]
    }

    /// For people who have this text somewhere.
    func holding(_ wanted: [UInt8]) -> Rows {
        let wanted = domain.outside(wanted)
        let letters = wanted.map { Self.anywhere + FoldedPeople.kind($0) }
        let pairs = zip(wanted, wanted.dropFirst()).map { Self.pairs + Self.pair($0, $1) }
        return Rows(starts: Set(pairs + letters).map { $0 * blocks })
    }

    /// For people who have these letters in this order before the domain; an @ leads into it.
    func holdingInOrder(_ wanted: [UInt8]) -> Rows {
        var (once, again): (Set<Int>, Set<Int>) = ([], [])
        for letter in wanted.prefix(while: { $0 != UInt8(ascii: "@") }).map(FoldedPeople.kind)
        where !once.insert(letter).inserted {
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
