/// A date of the Gregorian calendar, also before 1582, counted in days from 1970-01-01.
///
/// The arithmetic is Howard Hinnant's `days_from_civil` ("chrono-Compatible Low-Level Date Algorithms").
package struct CivilDate: Sendable, Hashable {
    package let year: Int64
    package let month: Int64
    package let day: Int64

    package init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    package init(day number: Int64) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    package var daysSince1970: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    package var isReal: Bool { (1...12).contains(month) && day >= 1 && CivilDate(day: daysSince1970) == self }

    /// The same day so many months before; the last of a shorter month.
    package func earlier(months count: Int64) -> CivilDate {
        let total = year * 12 + month - 1 - count
        let target = (
            year: (total >= 0 ? total : total - 11) / 12, month: total - (total >= 0 ? total : total - 11) / 12 * 12 + 1
        )
        let last = (28...31).last { CivilDate(year: target.year, month: target.month, day: $0).isReal } ?? 28
        return CivilDate(year: target.year, month: target.month, day: min(day, last))
    }
}

/// A date or RFC 3339 time as written: `2026-01-31`, `2026-01-31T09:30:00+01:00`.
package struct Timestamp: Sendable, Hashable {
    /// Since 1970, as if the zone were UTC.
    package let seconds: Int64
    package let hasTime: Bool
    /// Seconds east of UTC; nil when not written.
    package let zone: Int64?

    /// Seconds since 1970; nil when the zone is not written.
    package var instant: Int64? { zone.map { seconds - $0 } }

    package init(seconds: Int64, hasTime: Bool, zone: Int64?) {
        self.seconds = seconds
        self.hasTime = hasTime
        self.zone = zone
    }

    /// Nil when the text is anything else. Fractions of a second are read and dropped.
    package init?(_ text: String) {
        guard (10...40).contains(text.utf8.count) else { return nil }
        var reader = Digits(bytes: Array(text.utf8))
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2)
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        guard date.isReal else { return nil }
        let midnight = date.daysSince1970 * 86_400
        if reader.isAtEnd {
            self.init(seconds: midnight, hasTime: false, zone: nil)
            return
        }
        guard reader.take("T") || reader.take("t") || reader.take(" "), let hour = reader.number(2), hour < 24,
            reader.take(":"),
            let minute = reader.number(2), minute < 60
        else { return nil }
        var second: Int64 = 0
        if reader.take(":") {
            // 60 is a leap second.
            guard let given = reader.number(2), given <= 60 else { return nil }
            second = given
            if reader.take(".") {
                guard reader.number(1) != nil else { return nil }
                while reader.number(1) != nil {}
            }
        }
        guard let zone = Self.zone(&reader), reader.isAtEnd else { return nil }
        self.init(seconds: midnight + hour * 3600 + minute * 60 + second, hasTime: true, zone: zone.seconds)
    }

    /// Seconds since 1970 as `2026-01-31T00:00:00+00:00`, the form Zoho's `If-Modified-Since` wants (Get Users
    /// documentation).
    /// - Parameter zone: how UTC is written behind it.
    package static func rfc3339(_ seconds: Int64, zone: String = "+00:00") -> String {
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let rest = seconds - days * 86_400
        let date = CivilDate(day: days)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
        let year = String(date.year)
        let padded = String(repeating: "0", count: max(0, 4 - year.count)) + year
        return
            "\(padded)-\(two(date.month))-\(two(date.day))"
            + "T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))\(zone)"
    }

    /// What stands after the time; `seconds` is nil when nothing does.
    private struct Zone { let seconds: Int64? }

    private static func zone(_ reader: inout Digits) -> Zone? {
        if reader.isAtEnd { return Zone(seconds: nil) }
        if reader.take("Z") || reader.take("z") { return Zone(seconds: 0) }
        let west = reader.take("-")
        guard west || reader.take("+"), let hours = reader.number(2), hours < 24 else { return nil }
        _ = reader.take(":")
        guard let minutes = reader.number(2), minutes < 60 else { return nil }
        return Zone(seconds: (hours * 3600 + minutes * 60) * (west ? -1 : 1))
    }

    private struct Digits {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == bytes.count }

        mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
            position += 1
            return true
        }

        mutating func number(_ count: Int) -> Int64? {
            guard position + count <= bytes.count else { return nil }
            var result: Int64 = 0
            for byte in bytes[position..<position + count] {
                guard (48...57).contains(byte) else { return nil }
                result = result * 10 + Int64(byte - 48)
            }
            position += count
            return result
        }
    }
}
