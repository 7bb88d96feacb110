/// Which letters, and which pairs of neighbours, occur in a person's texts: a few bits that rule most people out.
///
/// A bit says "may occur", never "occurs": pairs share bits, so what passes the sieve is still looked at.
struct PersonSieve {
    private var letters: UInt64
    private var pairs: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    /// Letters of what stands before the domain, and those that stand there more than once.
    private var once: UInt64 = 0
    private var twice: UInt64 = 0

    private static let activeBit: UInt64 = 1 << 63

    init(isActive: Bool) { letters = isActive ? Self.activeBit : 0 }

    /// What is searched for; an @ in it leads into the domain.
    init(query wanted: UnsafeBufferPointer<UInt8>) {
        self.init(isActive: false)
        var last: UInt8?
        var isBeforeDomain = true
        for byte in wanted {
            if byte == UInt8(ascii: "@") { isBeforeDomain = false }
            add(byte, after: last, isBeforeDomain: isBeforeDomain)
            last = byte
        }
    }

    @inline(__always)
    mutating func add(_ byte: UInt8, after last: UInt8?, isBeforeDomain: Bool) {
        let bit = UInt64(1) << UInt64(Self.kind(byte))
        letters |= bit
        if isBeforeDomain {
            twice |= once & bit
            once |= bit
        }
        guard let last else { return }
        let hash = ((UInt32(last) << 8 | UInt32(byte)) &* 2_654_435_761) >> 24
        let pair = UInt64(1) << UInt64(hash & 63)
        // Without a jump or an index: this is most of what making a search costs.
        pairs.0 |= hash >> 6 == 0 ? pair : 0
        pairs.1 |= hash >> 6 == 1 ? pair : 0
        pairs.2 |= hash >> 6 == 2 ? pair : 0
        pairs.3 |= hash >> 6 == 3 ? pair : 0
    }

    var isActive: Bool { letters & Self.activeBit != 0 }

    @inline(__always)
    func mayHoldLetters(of wanted: PersonSieve) -> Bool { letters & wanted.letters == wanted.letters }

    @inline(__always)
    func mayHoldPairs(of wanted: PersonSieve) -> Bool {
        pairs.0 & wanted.pairs.0 == wanted.pairs.0 && pairs.1 & wanted.pairs.1 == wanted.pairs.1
            && pairs.2 & wanted.pairs.2 == wanted.pairs.2 && pairs.3 & wanted.pairs.3 == wanted.pairs.3
    }

    /// Whether what is wanted before the domain may stand there, as often as it is wanted.
    @inline(__always)
    func mayHoldInOrder(_ wanted: PersonSieve) -> Bool {
        once & wanted.once == wanted.once && twice & wanted.twice == wanted.twice
    }

    /// Below 60. Letters and digits have a kind each, everything else shares the rest.
    @inline(__always)
    static func kind(_ byte: UInt8) -> Int {
        switch byte {
        case 0x61...0x7A: Int(byte - 0x61)
        case 0x30...0x39: Int(26 + byte - 0x30)
        default: Int(36 + byte % 24)
        }
    }
}
