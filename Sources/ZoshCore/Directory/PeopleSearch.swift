public import ZoshKit

/// Finds people by any part of name, e-mail or id, best first, fast enough for a key press over 100 000 people.
///
/// Made once per snapshot: everybody's folded texts in one array of bytes, where each word begins, and a bit per
/// letter that occurs, so that most people are passed over by one comparison. A search keeps only the best few.
public struct PeopleSearch: Sendable {
    /// `name \n e-mail \n id`, one person after the other.
    private var bytes: [UInt8] = []
    /// Where each person's bytes begin, and one end more.
    private var starts: [Int32] = [0]
    /// Offsets of the words of a person from their start; `fieldMark` is set where a field begins.
    private var words: [UInt16] = []
    private var wordStarts: [Int32] = [0]
    private var masks: [UInt64] = []

    private static let fieldMark: UInt16 = 0x8000
    private static let activeBit: UInt64 = 1 << 63

    public init(_ people: [Person]) {
        for person in people {
            let start = bytes.count
            for field in [person.name, person.email, person.id] {
                if bytes.count > start { bytes.append(UInt8(ascii: "\n")) }
                let first = bytes.count
                Folding.append(field, to: &bytes)
                markWords(from: first, start: start)
            }
            masks.append(bytes[start...].reduce(person.isActive ? Self.activeBit : 0) { $0 | Self.bit($1) })
            starts.append(Int32(bytes.count))
            wordStarts.append(Int32(words.count))
        }
    }

    public var count: Int { masks.count }

    private mutating func markWords(from first: Int, start: Int) {
        var isInside = false
        for index in first..<bytes.count {
            let isLetter = Self.isLetter(bytes[index])
            let offset = index - start
            // Beyond 32 KiB nobody's name needs word starts.
            if (index == first || (isLetter && !isInside)), offset < Int(Self.fieldMark) {
                words.append(UInt16(offset) | (index == first ? Self.fieldMark : 0))
            }
            isInside = isLetter
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }

    /// Letters and digits have a bit each, everything else shares the rest.
    private static func bit(_ byte: UInt8) -> UInt64 {
        switch byte {
        case 0x61...0x7A: 1 << UInt64(byte - 0x61)
        case 0x30...0x39: 1 << UInt64(26 + byte - 0x30)
        default: 1 << UInt64(36 + byte % 24)
        }
    }

    /// Positions of the best matches, best first: exact, prefix, word start, inside, letters in order; within each
    /// active people first, then those of `recent`, then in the directory's order.
    ///
    /// - Parameters:
    ///   - recent: positions of people used lately.
    ///   - limit: how many at most.
    public func matches(_ query: String, recent: Set<Int> = [], limit: Int) -> [Int] {
        let wanted = Folding.bytes(query)
        guard limit > 0 else { return [] }
        var best = BestFew(limit)
        let mask = wanted.reduce(UInt64(0)) { $0 | Self.bit($1) }
        let isFuzzy = wanted.count > 1 && wanted.contains { !(0x30...0x39).contains($0) }
        bytes.withUnsafeBufferPointer { bytes in
            wanted.withUnsafeBufferPointer { wanted in
                for person in masks.indices where masks[person] & mask == mask {
                    let inactive: UInt64 = masks[person] & Self.activeBit == 0 ? 2 : 0
                    let stale: UInt64 = recent.isEmpty || !recent.contains(person) ? 1 : 0
                    let rest = inactive | stale
                    var tier = Tier.none
                    if best.takes(rest, person) { tier = wordTier(person, bytes, wanted) }
                    if tier == .none, best.takes(Tier.inside.rawValue << 2 | rest, person) {
                        tier = letterTier(person, bytes, wanted, isFuzzy)
                    }
                    if tier != .none { best.offer(tier.rawValue << 2 | rest, person) }
                }
            }
        }
        return best.sorted
    }

    private enum Tier: UInt64 {
        case exact, prefix, word, inside, letters, none
    }

    /// Whether the query begins a field or a word, or is a whole field.
    private func wordTier(_ person: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ wanted: UnsafeBufferPointer<UInt8>) -> Tier {
        guard let first = wanted.first else { return .prefix }
        let start = Int(starts[person])
        let end = Int(starts[person + 1])
        var tier = Tier.none
        for word in words[Int(wordStarts[person])..<Int(wordStarts[person + 1])] {
            let at = start + Int(word & ~Self.fieldMark)
            guard at + wanted.count <= end, bytes[at] == first else { continue }
            var length = 1
            while length < wanted.count, bytes[at + length] == wanted[length] { length += 1 }
            guard length == wanted.count else { continue }
            guard word & Self.fieldMark != 0 else {
                if tier == .none { tier = .word }
                continue
            }
            if at + length == end || bytes[at + length] == UInt8(ascii: "\n") { return .exact }
            tier = .prefix
        }
        return tier
    }

    /// Whether the query stands inside, or its letters occur in this order in name and e-mail. Not in ids: their
    /// digits would match nearly everything.
    private func letterTier(
        _ person: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ wanted: UnsafeBufferPointer<UInt8>, _ isFuzzy: Bool
    ) -> Tier {
        let end = Int(starts[person + 1])
        var next = 0
        var at = Int(starts[person])
        var fields = 0
        while at < end, next < wanted.count {
            if bytes[at] == wanted[next] { next += 1 }
            if bytes[at] == UInt8(ascii: "\n") {
                fields += 1
                if fields == 2 { break }
            }
            at += 1
        }
        let isInOrder = next == wanted.count
        guard isInOrder || fields == 2 else { return .none }
        if isInside(from: Int(starts[person]), to: end, bytes, wanted) { return .inside }
        return isInOrder && isFuzzy ? .letters : .none
    }

    private func isInside(
        from start: Int, to end: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ wanted: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard let first = wanted.first, end - start >= wanted.count else { return false }
        for at in start...(end - wanted.count) where bytes[at] == first {
            var length = 1
            while length < wanted.count, bytes[at + length] == wanted[length] { length += 1 }
            if length == wanted.count { return true }
        }
        return false
    }
}
