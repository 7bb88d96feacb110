/// A time at which something is to be done, as a person wrote it and as the machine keeps it.
///
/// For example `at=18:00`, which is an instant, a zone and the time as it is read there.
public struct ChosenTime: Sendable, Hashable {
    /// Seconds since 1970: what decides.
    public let instant: Int64
    /// The name of the zone it was written in, `Europe/Berlin`, or an offset: `+01:00`.
    public let zone: String
    /// The time there: `2026-12-31 17:00`.
    public let local: String
    /// Whether no zone was written, so that it is this machine's.
    public let isZoneOfMachine: Bool

    public init(instant: Int64, zone: String, local: String, isZoneOfMachine: Bool = false) {
        self.instant = instant
        self.zone = zone
        self.local = local
        self.isZoneOfMachine = isZoneOfMachine
    }

    /// `2026-12-31 17:00 Europe/Berlin`.
    public var text: String { "\(local) \(zone)" }
}

/// Lengths of time in words.
package enum TimeLength {
    /// `2h`, `1d 12h`, `90s`: the largest two units that say it, the rest dropped.
    package static func text(_ seconds: Int64) -> String {
        var parts: [String] = []
        var rest = max(0, seconds)
        for (unit, length) in [("d", 86_400), ("h", 3600), ("min", 60), ("s", 1)] as [(String, Int64)] {
            let count = rest / length
            rest %= length
            if count > 0 { parts.append("\(count)\(unit)") }
            if parts.count == 2 || !parts.isEmpty && count == 0 { break }
        }
        return parts.isEmpty ? "0s" : parts.joined(separator: " ")
    }
}
