import Glibc

/// A time as rows show it: RFC 3339 in UTC.
enum Moment {
    /// - Parameter seconds: since 1970; 0 means never.
    static func text(_ seconds: Int64) -> String {
        guard seconds > 0 else { return "" }
        var moment = time_t(seconds)
        var parts = tm()
        gmtime_r(&moment, &parts)
        func two(_ number: CInt) -> String { (number < 10 ? "0" : "") + String(number) }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }

    static var now: Int64 { Int64(time(nil)) }
}
