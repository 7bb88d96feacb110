/// Instants as Zoho writes and reads them: RFC 3339 with the offset of the record's owner.
enum TimeText {
    /// A date of the proleptic Gregorian calendar.
    struct Day: Equatable {
        var year: Int
        var month: Int
        var day: Int
    }

    /// Days since 1970-01-01 of a date (Howard Hinnant's `days_from_civil`).
    static func daysSince1970(_ date: Day) -> Int {
        let year = date.month <= 2 ? date.year - 1 : date.year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let shifted = (date.month + 9) % 12
        let dayOfYear = (153 * shifted + 2) / 5 + date.day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The date of a number of days since 1970-01-01.
    static func day(_ daysSince1970: Int) -> Day {
        let shifted = daysSince1970 + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let number = dayOfYear - (153 * month + 2) / 5 + 1
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        return Day(year: year, month: month < 10 ? month + 3 : month - 9, day: number)
    }

    /// Appends `2024-12-31T01:59:14-08:00` without quotes.
    static func append(_ seconds: Int, offset: Int, to text: inout JSONText) {
        let local = seconds + offset
        let days = Int((Double(local) / 86_400).rounded(.down))
        let date = day(days)
        let clock = local - days * 86_400
        twoDigits(date.year / 100, &text)
        twoDigits(date.year % 100, &text)
        text.byte("-")
        twoDigits(date.month, &text)
        text.byte("-")
        twoDigits(date.day, &text)
        text.byte("T")
        twoDigits(clock / 3600, &text)
        text.byte(":")
        twoDigits(clock / 60 % 60, &text)
        text.byte(":")
        twoDigits(clock % 60, &text)
        text.byte(offset < 0 ? "-" : "+")
        twoDigits(abs(offset) / 3600, &text)
        text.byte(":")
        twoDigits(abs(offset) / 60 % 60, &text)
    }

    static func rfc3339(_ seconds: Int, offset: Int) -> String {
        var text = JSONText()
        append(seconds, offset: offset, to: &text)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    /// Seconds since 1970 of an RFC 3339 time with `Z` or an offset; nil when it is anything else,
    /// an HTTP date for instance.
    static func seconds(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":")
        else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            return Int(String(decoding: bytes[range], as: UTF8.self))
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst().drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        let zone = Array(rest)
        var offset = 0
        if zone != [UInt8(ascii: "Z")] {
            guard zone.count == 6, zone[3] == UInt8(ascii: ":"),
                let hours = Int(String(decoding: zone[1..<3], as: UTF8.self)),
                let minutes = Int(String(decoding: zone[4..<6], as: UTF8.self)),
                zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-")
            else { return nil }
            offset = (hours * 3600 + minutes * 60) * (zone[0] == UInt8(ascii: "-") ? -1 : 1)
        }
        let date = daysSince1970(Day(year: year, month: month, day: day))
        return date * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    /// The form of the HTTP `Date` header.
    static func httpDate(_ seconds: Int) -> String {
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let date = day(days)
        let clock = seconds - days * 86_400
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7]
        let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][date.month - 1]
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(weekday), \(two(date.day)) \(month) \(date.year) "
            + "\(two(clock / 3600)):\(two(clock / 60 % 60)):\(two(clock % 60)) GMT"
    }

    private static func twoDigits(_ value: Int, _ text: inout JSONText) {
        if value < 10 { text.byte("0") }
        text.number(value)
    }
}
