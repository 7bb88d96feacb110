internal import ZoshKit

#if canImport(Glibc)
    internal import Glibc
#endif

/// Reads the dates people type (`2026-01-31`, `30d ago`, `yesterday`, RFC 3339) as instants.
///
/// Now and the local zone are injected, so that a test and a replay mean the same moment. Instants are whole seconds
/// since 1970; a day without a time begins at midnight of the local zone.
public struct DateReader: Sendable {
    /// An instant, and for how long after it the typed text still means it (a day for `2026-01-31`).
    struct Moment: Sendable, Hashable {
        let seconds: Int64
        let length: Int64
    }

    /// Seconds since 1970.
    public let now: @Sendable () -> Int64
    /// Seconds the local zone is east of UTC at an instant.
    public let offset: @Sendable (Int64) -> Int64

    /// Where times to come are looked up.
    let zones: ZoneSource

    public init(
        now: @escaping @Sendable () -> Int64, offset: @escaping @Sendable (Int64) -> Int64 = { _ in 0 },
        zones: ZoneSource = .utc
    ) {
        self.now = now
        self.offset = offset
        self.zones = zones
    }

    var times: TimeReader { TimeReader(zones: zones) }

    /// This machine's clock and zone.
    public static let system = DateReader(
        now: { Int64(time(nil)) },
        offset: { instant in
            var seconds = time_t(instant)
            var fields = tm()
            localtime_r(&seconds, &fields)
            return Int64(fields.tm_gmtoff)
        }, zones: .system)

    /// What a person means by a text; nil when it is not a date.
    func moment(_ text: String) -> Moment? {
        switch text {
        case "now": return Moment(seconds: now(), length: 1)
        case "today": return day(ago: 0)
        case "yesterday": return day(ago: 1)
        default: break
        }
        if text.hasSuffix(" ago") { return ago(String(text.dropLast(4))) }
        guard let stamp = Timestamp(text) else { return nil }
        return Moment(seconds: instant(stamp), length: stamp.hasTime ? 1 : 86_400)
    }

    /// The instant a row's text names, in whole seconds; nil when it is not a date.
    func instant(of text: String) -> Int64? { Timestamp(text).map(instant) }

    private func instant(_ stamp: Timestamp) -> Int64 {
        if let zone = stamp.zone { return stamp.seconds - zone }
        // The zone's offset depends on the instant and the instant on the offset; twice is enough at every change.
        let guess = stamp.seconds - offset(stamp.seconds)
        return stamp.seconds - offset(guess)
    }

    private func localMidnight(_ date: CivilDate) -> Int64 {
        instant(Timestamp(seconds: date.daysSince1970 * 86_400, hasTime: false, zone: nil))
    }

    private func localDate() -> CivilDate {
        let instant = now()
        let local = instant + offset(instant)
        return CivilDate(day: (local >= 0 ? local : local - 86_399) / 86_400)
    }

    private func day(ago count: Int64) -> Moment {
        let date = CivilDate(day: localDate().daysSince1970 - count)
        return Moment(seconds: localMidnight(date), length: 86_400)
    }

    /// `30d`, `2 weeks`, `6mo`.
    private func ago(_ text: String) -> Moment? {
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard let count = Int64(digits), digits.count <= 6 else { return nil }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        let seconds: Int64
        switch unit {
        case "s", "sec", "second", "seconds": seconds = 1
        case "min", "minute", "minutes": seconds = 60
        case "h", "hour", "hours": seconds = 3600
        case "d", "day", "days": seconds = 86_400
        case "w", "week", "weeks": seconds = 7 * 86_400
        case "mo", "month", "months":
            return Moment(seconds: localMidnight(localDate().earlier(months: count)), length: 1)
        case "y", "year", "years":
            return Moment(seconds: localMidnight(localDate().earlier(months: count * 12)), length: 1)
        default: return nil
        }
        return Moment(seconds: now() - count * seconds, length: 1)
    }
}
