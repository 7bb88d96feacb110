internal import ZoshKit

/// How far a time zone is from UTC, at every time.
struct ZoneRules: Sendable {
    /// From this instant on, in seconds since 1970, clocks are so many seconds ahead of UTC.
    private struct Transition: Sendable {
        let instant: Int64
        let offset: Int64
    }

    /// Before the first transition.
    private let first: Int64
    private let transitions: [Transition]
    /// What holds after the last transition; nil where the last one holds for ever.
    private let rest: PosixZone?

    /// A zone by its rule alone; nil for what is not a rule.
    init?(posix text: String) {
        guard let zone = PosixZone(text) else { return nil }
        (first, transitions, rest) = (zone.offset(at: 0), [], zone)
    }

    /// A zone as its file describes it (RFC 8536).
    /// - Returns: nil for a damaged file, and for one of the first version, which knows no time after 2037.
    init?(file bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        guard let head = reader.header(), head.version >= 50, reader.skip(head.size(ofTime: 4)),
            let counts = reader.header(), counts.types > 0
        else { return nil }
        let start = reader.position
        guard reader.skip(counts.size(ofTime: 8)) else { return nil }
        let kinds = start + counts.times * 8
        let types = kinds + counts.times
        func offset(_ type: Int) -> Int64? {
            type < counts.types ? Int64(Int32(truncatingIfNeeded: reader.number(at: types + type * 6, 4))) : nil
        }
        guard let earliest = offset(0) else { return nil }
        var found: [Transition] = []
        for place in 0..<counts.times {
            guard let offset = offset(Int(bytes[kinds + place])) else { return nil }
            found.append(Transition(instant: reader.number(at: start + place * 8, 8), offset: offset))
        }
        guard reader.skip(1), let last = bytes[reader.position...].firstIndex(of: 10) else { return nil }
        let rule = String(decoding: bytes[reader.position..<last], as: UTF8.self)
        first = earliest
        transitions = found
        rest = rule.isEmpty ? nil : PosixZone(rule)
        if !rule.isEmpty, rest == nil { return nil }
    }

    /// Seconds east of UTC at an instant in seconds since 1970.
    func offset(at instant: Int64) -> Int64 {
        guard let last = transitions.last, instant < last.instant || rest == nil else {
            return rest?.offset(at: instant) ?? first
        }
        return transitions.last { $0.instant <= instant }?.offset ?? first
    }

    private struct Counts {
        let version: UInt8
        let utc, standard, leaps, times, types, letters: Int

        func size(ofTime bytes: Int) -> Int {
            times * (bytes + 1) + types * 6 + letters + leaps * (bytes + 4) + standard + utc
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        mutating func skip(_ count: Int) -> Bool {
            guard position + count <= bytes.count else { return false }
            position += count
            return true
        }

        func number(at place: Int, _ length: Int) -> Int64 {
            Int64(bitPattern: bytes[place..<place + length].reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
        }

        mutating func header() -> Counts? {
            let start = position
            guard skip(44), bytes[start..<start + 4].elementsEqual("TZif".utf8) else { return nil }
            let counts = (0..<6).map { number(at: start + 20 + $0 * 4, 4) }
            guard counts.allSatisfy({ $0 <= bytes.count }) else { return nil }
            let all = counts.map { Int($0) }
            return Counts(
                version: bytes[start + 4], utc: all[0], standard: all[1], leaps: all[2], times: all[3], types: all[4],
                letters: all[5])
        }
    }
}
