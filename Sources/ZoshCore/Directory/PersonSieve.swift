/// Which letters, and which pairs of neighbours, occur in a person's texts: a few bits that rule most people out.
///
/// A bit says "may occur", never "occurs": pairs share bits, so what passes the sieve is still looked at.
struct PersonSieve {
    private var letters: UInt64
    private var pairs: (UInt64, UInt64) = (0, 0)

    private static let activeBit: UInt64 = 1 << 63

    init(_ bytes: ArraySlice<UInt8>, isActive: Bool) {
        letters = isActive ? Self.activeBit : 0
        var last: UInt8?
        for byte in bytes {
            letters |= Self.bit(byte)
            if let last {
                let hash = (UInt32(last) << 8 | UInt32(byte)) &* 2_654_435_761 >> 25
                if hash < 64 { pairs.0 |= 1 << UInt64(hash) } else { pairs.1 |= 1 << UInt64(hash - 64) }
            }
            last = byte
        }
    }

    var isActive: Bool { letters & Self.activeBit != 0 }

    func mayHoldLetters(of wanted: PersonSieve) -> Bool { letters & wanted.letters == wanted.letters }

    func mayHoldPairs(of wanted: PersonSieve) -> Bool {
        pairs.0 & wanted.pairs.0 == wanted.pairs.0 && pairs.1 & wanted.pairs.1 == wanted.pairs.1
    }

    /// Letters and digits have a bit each, everything else shares the rest.
    private static func bit(_ byte: UInt8) -> UInt64 {
        switch byte {
        case 0x61...0x7A: 1 << UInt64(byte - 0x61)
        case 0x30...0x39: 1 << UInt64(26 + byte - 0x30)
        default: 1 << UInt64(36 + byte % 24)
        }
    }
}
