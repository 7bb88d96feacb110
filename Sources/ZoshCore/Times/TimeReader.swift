internal import ZoshKit

/// Reads the times at which people want something done: `2026-12-31 17:00 Europe/Berlin`, `2026-12-31 17:00` by this
/// machine's zone, `2026-12-31T17:00:00+01:00`.
struct TimeReader: Sendable {
    let zones: ZoneSource

    /// - Throws: `ZoshError.usage` for what is no time, for a zone that there is not, and for a time of day that clocks
    ///   skip or show twice on that day.
    func time(_ text: String, at span: Span) throws(ZoshError) -> ChosenTime {
        let words = text.split(separator: " ").map(String.init)
        var whole = words.joined(separator: " ")
        // An offset may stand apart.
        if let last = words.last, "+-".contains(last.prefix(1)), words.count > 1 {
            whole = words.dropLast().joined(separator: " ") + last
        }
        // A clock on the wall shows no leap seconds.
        if let stamp = Timestamp(whole), !whole.contains(":60") {
            guard stamp.hasTime else {
                throw ZoshError(
                    .usage, "'\(whole)' has no time of day", at: span,
                    remedy: "write \(whole) and a time: '\(whole) 09:00'")
            }
            if let instant = stamp.instant {
                return ChosenTime(
                    instant: instant, zone: Self.offsetText(stamp.zone ?? 0), local: Self.localText(stamp.seconds))
            }
            guard let zone = zones.here(), let rules = zones.rules(zone) else {
                throw ZoshError(
                    .usage, "the time zone of this machine has no name", at: span,
                    remedy: "write one after the time: '\(whole) Europe/Berlin'")
            }
            let instant = try instant(of: stamp.seconds, rules, zone, at: span)
            return ChosenTime(
                instant: instant, zone: zone, local: Self.localText(stamp.seconds), isZoneOfMachine: true)
        }
        guard let zone = words.last, let stamp = Timestamp(words.dropLast().joined(separator: " ")), stamp.hasTime,
            stamp.zone == nil, !whole.contains(":60")
        else {
            throw ZoshError(
                .usage, "'\(text.neutralised)' is not a time", at: span,
                remedy:
                    "write it like '2026-12-31 17:00', '2026-12-31 17:00 Europe/Berlin' or 2026-12-31T17:00:00+01:00"
            )
        }
        guard let rules = zones.rules(zone == "Z" ? "UTC" : zone) else {
            // Short names mean other zones elsewhere: IST is India's, Israel's and Ireland's time.
            let isShort = zone.count <= 5 && !zone.contains("/")
            throw ZoshError(
                .usage, "this machine knows no time zone '\(zone.neutralised)'", at: span,
                remedy: (isShort ? nil : Suggestion.remedy(for: zone, among: zones.names()))
                    ?? "write its name, like Europe/Berlin, or UTC, or an offset: "
                    + Self.localText(stamp.seconds).replacing(" ", with: "T") + "+01:00")
        }
        let instant = try instant(of: stamp.seconds, rules, zone, at: span)
        return ChosenTime(
            instant: instant, zone: zone == "Z" ? "UTC" : zone, local: Self.localText(stamp.seconds))
    }

    /// - Parameter local: seconds since 1970, as if the zone were UTC.
    private func instant(of local: Int64, _ rules: ZoneRules, _ zone: String, at span: Span) throws(ZoshError) -> Int64
    {
        // No clock changes twice within two days.
        let offsets = [rules.offset(at: local - 93_600), rules.offset(at: local + 93_600)]
        let meant = offsets.map { local - $0 }
        let real = zip(meant, offsets).filter { rules.offset(at: $0.0) == $0.1 }.map(\.0)
        if let first = real.first, Set(real).count == 1 { return first }
        let writable = meant.sorted().map { Self.text($0, offset: rules.offset(at: $0)) }
        throw ZoshError(
            .usage,
            real.isEmpty
                ? "there is no \(Self.localText(local)) in \(zone): clocks skip it that day"
                : "\(Self.localText(local)) comes twice in \(zone): clocks go back that day", at: span,
            remedy: "write which you mean: \(writable.joined(separator: " or "))")
    }

    /// `2026-10-25T02:30:00+02:00`.
    private static func text(_ instant: Int64, offset: Int64) -> String {
        Timestamp.rfc3339(instant + offset).replacing("+00:00", with: offsetText(offset))
    }

    /// `2026-12-31 17:00`, with seconds where there are any.
    private static func localText(_ local: Int64) -> String {
        let text = Timestamp.rfc3339(local).prefix(local % 60 == 0 ? 16 : 19)
        return String(text).replacing("T", with: " ")
    }

    private static func offsetText(_ seconds: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : String(number) }
        let size = abs(seconds)
        return "\(seconds < 0 ? "-" : "+")\(two(size / 3600)):\(two(size / 60 % 60))"
    }
}

/// Reads lengths of time: `2h`, `90 min`, `7d`.
enum DurationReader {
    /// The longest that something can be given for; seconds.
    static let longest: Int64 = 366 * 86_400

    /// - Returns: seconds; nil for what is not a length.
    static func seconds(_ text: String) -> Int64? {
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard (1...6).contains(digits.count), let count = Int64(digits), count > 0 else { return nil }
        let unit: Int64
        switch text.dropFirst(digits.count).drop(while: { $0 == " " }) {
        case "s", "sec", "second", "seconds": unit = 1
        case "m", "min", "minute", "minutes": unit = 60
        case "h", "hour", "hours": unit = 3600
        case "d", "day", "days": unit = 86_400
        case "w", "week", "weeks": unit = 7 * 86_400
        default: return nil
        }
        return count * unit
    }
}
