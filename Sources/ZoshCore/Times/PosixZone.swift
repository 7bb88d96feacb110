internal import ZoshKit

/// The rule of a time zone in the form of the environment variable `TZ`: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// POSIX.1-2017, Base Definitions 8.3; hours up to 167 as RFC 8536 allows them. The last line of a zone file is one: it
/// holds for all times to come.
struct PosixZone: Sendable {
    /// A day of every year, and the second of that day at which clocks change.
    private struct Change: Sendable {
        enum Day: Sendable {
            /// The `week`th `weekday` of a month, Sunday is 0; week 5 is the last one.
            case weekday(month: Int64, week: Int64, weekday: Int64)
            /// Counted from 1; 29 February is never counted.
            case julian(Int64)
            /// Counted from 0.
            case ordinal(Int64)
        }

        let day: Day
        let second: Int64

        /// Seconds since 1970, as if the zone were UTC.
        func local(in year: Int64) -> Int64 {
            let first = CivilDate(year: year, month: 1, day: 1).daysSince1970
            let number: Int64
            switch day {
            case .ordinal(let days): number = first + days
            case .julian(let days):
                let isLeap = CivilDate(year: year, month: 2, day: 29).isReal
                number = first + days - 1 + (isLeap && days >= 60 ? 1 : 0)
            case .weekday(let month, let week, let weekday):
                let start = CivilDate(year: year, month: month, day: 1).daysSince1970
                // 1970-01-01 was a Thursday.
                let shift = ((weekday - (start + 4)) % 7 + 7) % 7
                let meant = start + shift + (week - 1) * 7
                number = CivilDate(day: meant).month == month ? meant : meant - 7
            }
            return number * 86_400 + second
        }
    }

    /// Seconds east of UTC.
    private let standard: Int64
    private let summer: Int64
    private let changes: (start: Change, end: Change)?

    /// Nil for what is not such a rule.
    init?(_ text: String) {
        var reader = Reader(rest: Array(text.utf8)[...])
        guard reader.name(), let west = reader.time(hours: 24) else { return nil }
        standard = -west
        guard !reader.isAtEnd else {
            (summer, changes) = (standard, nil)
            return
        }
        guard reader.name() else { return nil }
        if reader.next == UInt8(ascii: ",") {
            summer = standard + 3600
        } else {
            guard let west = reader.time(hours: 24) else { return nil }
            summer = -west
        }
        guard reader.take(","), let start = reader.change(), reader.take(","), let end = reader.change(),
            reader.isAtEnd
        else { return nil }
        changes = (start, end)
    }

    /// Seconds east of UTC at an instant in seconds since 1970.
    func offset(at instant: Int64) -> Int64 {
        guard let changes else { return standard }
        let local = instant + standard
        let year = CivilDate(day: (local >= 0 ? local : local - 86_399) / 86_400).year
        let start = changes.start.local(in: year) - standard
        let end = changes.end.local(in: year) - summer
        let isSummer = start < end ? start <= instant && instant < end : !(end <= instant && instant < start)
        return isSummer ? summer : standard
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        var isAtEnd: Bool { rest.isEmpty }
        var next: UInt8? { rest.first }

        mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: scalar) else { return false }
            rest.removeFirst()
            return true
        }

        /// The name of a zone, of which nothing is kept: `CET`, `<+03>`.
        mutating func name() -> Bool {
            let isQuoted = take("<")
            let name = rest.prefix { byte in
                let isLetter = (65...90).contains(byte & 0xDF)
                return isLetter || isQuoted && ((48...57).contains(byte) || byte == 43 || byte == 45)
            }
            rest = rest.dropFirst(name.count)
            return name.count >= 3 && (!isQuoted || take(">"))
        }

        mutating func number(upTo most: Int64) -> Int64? {
            let digits = rest.prefix { (48...57).contains($0) }
            guard (1...3).contains(digits.count) else { return nil }
            rest = rest.dropFirst(digits.count)
            let number = digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
            return number <= most ? number : nil
        }

        /// `2`, `-1:30`, `+02:00:00` in seconds.
        mutating func time(hours most: Int64) -> Int64? {
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard let hours = number(upTo: most) else { return nil }
            var seconds = hours * 3600
            for unit in [60, 1] as [Int64] where take(":") {
                guard let count = number(upTo: 59) else { return nil }
                seconds += count * unit
            }
            return isNegative ? -seconds : seconds
        }

        mutating func change() -> Change? {
            let day: Change.Day
            if take("M") {
                guard let month = number(upTo: 12), month > 0, take("."), let week = number(upTo: 5), week > 0,
                    take("."), let weekday = number(upTo: 6)
                else { return nil }
                day = .weekday(month: month, week: week, weekday: weekday)
            } else if take("J") {
                guard let days = number(upTo: 365), days > 0 else { return nil }
                day = .julian(days)
            } else {
                guard let days = number(upTo: 365) else { return nil }
                day = .ordinal(days)
            }
            guard take("/") else { return Change(day: day, second: 7200) }
            return time(hours: 167).map { Change(day: day, second: $0) }
        }
    }
}
