internal import ZoshKit

/// All people's texts as the search compares them, one person after the other: `name \n e-mail \n id \n`.
struct FoldedPeople: Sendable {
    /// Ends with line feeds enough to load eight bytes wherever a text begins.
    let bytes: [UInt8]
    /// Where each person's bytes begin, and where the last one's end.
    private let starts: [UInt32]

    static let fieldEnd = UInt8(ascii: "\n")

    init(_ people: [Person]) { self.init([Part(people)]) }

    /// Of all parts, in order.
    init(_ parts: [Part]) {
        var bytes: [UInt8] = []
        var starts: [UInt32] = []
        bytes.reserveCapacity(parts.reduce(8) { $0 + $1.bytes.count })
        starts.reserveCapacity(parts.reduce(1) { $0 + $1.starts.count })
        for part in parts {
            let offset = UInt32(bytes.count)
            starts += part.starts.lazy.map { $0 + offset }
            bytes += part.bytes
        }
        starts.append(UInt32(bytes.count))
        bytes.append(contentsOf: repeatElement(Self.fieldEnd, count: 8))
        (self.bytes, self.starts) = (bytes, starts)
    }

    /// Some of the people, folded apart from the others.
    struct Part: Sendable {
        fileprivate private(set) var bytes: [UInt8] = []
        fileprivate private(set) var starts: [UInt32] = []

        init(_ people: [Person]) {
            bytes.reserveCapacity(people.count * 64)
            starts.reserveCapacity(people.count)
            var folding = Folding()
            for person in people {
                starts.append(UInt32(bytes.count))
                for text in [person.name, person.email, person.id] {
                    folding.append(text, to: &bytes)
                    bytes.append(FoldedPeople.fieldEnd)
                }
            }
        }
    }

    var count: Int { starts.count - 1 }

    /// The place of a person's bytes, the last line feed included.
    func place(_ person: Int) -> Range<Int> { Int(starts[person])..<Int(starts[person + 1]) }

    /// What a word consists of; everything else stands between words. All of UTF-8 beyond ASCII counts as letters.
    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
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
