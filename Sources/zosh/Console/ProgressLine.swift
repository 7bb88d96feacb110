import ZoshKit

/// What the progress line says: how far, how long still, how fast, at what price.
struct ProgressLine {
    private let isStopping: @Sendable () -> Bool
    private let clock: @Sendable () -> Duration
    private let start: Duration
    /// When the first change was decided: reading who is meant says nothing about how fast changes go.
    private var startOfChanges: Duration?

    /// - Parameter clock: time that only grows.
    init(isStopping: @escaping @Sendable () -> Bool, clock: @escaping @Sendable () -> Duration = Self.monotonic) {
        self.isStopping = isStopping
        self.clock = clock
        // It is drawn once 300 ms have gone by.
        start = clock() - .milliseconds(300)
    }

    private static let origin = ContinuousClock.now
    static let monotonic: @Sendable () -> Duration = { origin.duration(to: .now) }

    /// At most `columns - 1` wide: a line that wraps could not be wiped.
    /// - Parameter wait: for whom and how long the line waits, when that is unusual; it is said before everything else.
    mutating func text(_ reading: ProgressMeter.Reading, columns: Int, wait: String? = nil) -> String {
        let now = clock()
        if isStopping() { return stopping(reading).truncated(to: columns - 1) }
        if reading.plannedChanges != nil, startOfChanges == nil { startOfChanges = now }
        var parts: [String] = []
        if let planned = reading.plannedChanges, let startOfChanges {
            parts = pace(reading.changes, of: planned, "changes", in: Self.seconds(now - startOfChanges))
        } else {
            parts = pace(reading.rows, of: reading.expected, "rows", in: Self.seconds(now - start))
        }
        if reading.calls > 0 { parts.append("\(reading.calls) call\(reading.calls == 1 ? "" : "s")") }
        if reading.credits > 0 { parts.append("\(reading.credits) credit\(reading.credits == 1 ? "" : "s")") }
        if let wait { parts.insert(wait.neutralised, at: 0) }
        return Self.fitting(parts, columns - 1)
    }

    private func stopping(_ reading: ProgressMeter.Reading) -> String {
        let work = reading.inFlight.first.map { "finishing: \($0.neutralised)" } ?? "stopping"
        return "\(work) … Ctrl-C again stops waiting"
    }

    /// How many of how many, what is left of the time, how fast.
    private func pace(_ done: Int, of all: Int?, _ noun: String, in seconds: Double) -> [String] {
        guard done > 0 || all != nil else { return [] }
        var parts = [all.map { "\(done) of \($0) \(noun)" } ?? "\(done) \(noun)"]
        guard done > 0, seconds > 0 else { return parts }
        let rate = Double(done) / seconds
        if let all, all > done { parts.append(Self.left(Double(all - done) / rate)) }
        parts.append(rate < 10 ? "\(Double(Int(rate * 10)) / 10)/s" : "\(Int(rate))/s")
        return parts
    }

    private static func left(_ seconds: Double) -> String {
        switch seconds {
        case ..<60: "\(max(1, Int(seconds.rounded(.up)))) s left"
        case ..<3600: "\(Int((seconds / 60).rounded(.up))) min left"
        default: "\((seconds / 360).rounded(.up) / 10) h left"
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// As many parts as fit, the most telling first; how to stop it when there is still room.
    private static func fitting(_ parts: [String], _ room: Int) -> String {
        var text = parts.first ?? "waiting"
        for part in parts.dropFirst() where DisplayWidth.of(text) + DisplayWidth.of(part) + 3 <= room {
            text += " · " + part
        }
        let ending = " … Ctrl-C stops"
        return DisplayWidth.of(text + ending) <= room ? text + ending : text.truncated(to: room)
    }
}
