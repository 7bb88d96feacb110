public import ZoshKit

/// Finds people by exact id, e-mail or name without looking at all of them.
///
/// A sorted array of hashes: eight bytes per key, where three dictionaries would take more room than the people. A
/// hash only proposes; the person's own texts decide.
public struct UserIndex: Sendable {
    private let people: [Person]
    /// Upper half: hash of a key; lower half: whose.
    private let entries: [UInt64]

    public init(_ people: [Person]) {
        self.people = people
        var entries: [UInt64] = []
        entries.reserveCapacity(people.count * 3)
        for (index, person) in people.enumerated() {
            for key in [person.id, person.email, person.name] where !key.isEmpty {
                entries.append(UInt64(Self.hash(key)) << 32 | UInt64(index))
            }
        }
        self.entries = Self.sorted(entries)
    }

    private init(_ people: [Person], entries: [UInt64]) {
        self.people = people
        self.entries = entries
    }

    /// The same for people who differ in nothing that is looked up.
    func replacing(_ people: [Person]) -> UserIndex { UserIndex(people, entries: entries) }

    /// By hash, in three passes of eleven bits: whose they are is in order from the start and stays so.
    private static func sorted(_ entries: [UInt64]) -> [UInt64] {
        var (from, to) = (entries, entries)
        for shift in [UInt64(32), 43, 54] {
            var places = [Int](repeating: 0, count: 2049)
            for entry in from { places[Int(entry >> shift & 2047) + 1] += 1 }
            for digit in 0..<2047 { places[digit + 1] += places[digit] }
            for entry in from {
                let digit = Int(entry >> shift & 2047)
                to[places[digit]] = entry
                places[digit] += 1
            }
            swap(&from, &to)
        }
        return from
    }

    /// Where a person of exactly this id stands.
    public func position(ofID id: String) -> Int? {
        candidates(id).first { people[$0].id == id }
    }

    /// The people a text means, as `DirectorySnapshot.people(matching:)` finds them: an exact e-mail or id wins over
    /// names; names and e-mails compare without case.
    public func people(matching text: String) -> [Person] {
        let wanted = text.lowercased()
        let found = candidates(text).map { people[$0] }
        let exact = found.filter { $0.id == text || $0.email.lowercased() == wanted }
        return exact.isEmpty ? found.filter { $0.name.lowercased() == wanted } : exact
    }

    /// Indices, ascending and distinct, of people with a key of the same hash.
    private func candidates(_ text: String) -> [Int] {
        let hash = UInt64(Self.hash(text))
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] >> 32 < hash { low = middle + 1 } else { high = middle }
        }
        var found: [Int] = []
        while low < entries.count, entries[low] >> 32 == hash {
            let index = Int(entries[low] & 0xFFFF_FFFF)
            if found.last != index { found.append(index) }
            low += 1
        }
        return found
    }

    /// FNV-1a of the text in lower case, letter by letter: what differs by case only has the same hash.
    private static func hash(_ text: String) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        func add(_ value: UInt32) { hash = (hash ^ value) &* 16_777_619 }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: add(scalar.value | 0x20)
            // Scripts without capitals, which most names outside ASCII are written in.
            case 0..<0x80, 0x590..<0x10A0, 0x2E80..<0xA640, 0xAC00..<0xD800: add(scalar.value)
            // A sigma is written in two ways, by its place in the word.
            default:
                for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                    add(lower == "ς" ? 0x3C3 : lower.value)
                }
            }
        }
        return hash
    }
}
