import Glibc
import ZoshKit

/// A time as rows show it: RFC 3339 in UTC.
enum Moment {
    /// - Parameter seconds: since 1970; 0 means never.
    static func text(_ seconds: Int64) -> String {
        seconds > 0 ? Timestamp.rfc3339(seconds, zone: "Z") : ""
    }

    static var now: Int64 { Int64(time(nil)) }
}
