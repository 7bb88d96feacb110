internal import ZoshKit

/// The `Date` header of a reply: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, IMF-fixdate; the old forms are not read).
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Seconds since 1970; nil for anything else.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int64(parts[1]),
            let month = months.firstIndex(of: String(parts[2])), let year = Int64(parts[3]),
            (1970...9999).contains(year)
        else { return nil }
        let time = parts[4].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3, time[0] < 24, time[1] < 60, time[2] <= 60 else { return nil }
        let date = CivilDate(year: year, month: Int64(month + 1), day: day)
        guard date.isReal else { return nil }
        return date.daysSince1970 * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
    }
}
