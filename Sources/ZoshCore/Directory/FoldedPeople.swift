internal import ZoshKit

/// Everybody's texts as the search compares them, one person after the other: `name \n e-mail \n id \n`.
struct FoldedPeople: Sendable {
    /// Ends with line feeds enough to load eight bytes wherever a text begins.
    let bytes: [UInt8]
    /// Where each person's bytes begin, and where the last one's end.
    private let starts: [UInt32]

    static let fieldEnd = UInt8(ascii: "\n")

    init(_ people: [Person]) { self.init([Self.folded(people[...])], people.count) }

    /// The same, halves made side by side.
    static func prepared(_ people: [Person]) async -> FoldedPeople {
        async let first = folded(people[..<(people.count / 2)])
        let second = folded(people[(people.count / 2)...])
        return await FoldedPeople([first, second], people.count)
    }

    private init(_ parts: [(bytes: [UInt8], starts: [UInt32])], _ count: Int) {
        var bytes: [UInt8] = []
        var starts: [UInt32] = []
        bytes.reserveCapacity(parts.reduce(8) { $0 + $1.bytes.count })
        starts.reserveCapacity(count + 1)
        for part in parts {
            let offset = UInt32(bytes.count)
            starts += part.starts.lazy.map { $0 + offset }
            bytes += part.bytes
        }
        starts.append(UInt32(bytes.count))
        bytes.append(contentsOf: repeatElement(Self.fieldEnd, count: 8))
        (self.bytes, self.starts) = (bytes, starts)
    }

    private static func folded(_ people: ArraySlice<Person>) -> (bytes: [UInt8], starts: [UInt32]) {
        var bytes: [UInt8] = []
        var starts: [UInt32] = []
        bytes.reserveCapacity(people.count * 64)
        starts.reserveCapacity(people.count)
        var folding = Folding()
        for person in people {
            starts.append(UInt32(bytes.count))
            for text in [person.name, person.email, person.id] {
                folding.append(text, to: &bytes)
                bytes.append(fieldEnd)
            }
        }
        return (bytes, starts)
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
