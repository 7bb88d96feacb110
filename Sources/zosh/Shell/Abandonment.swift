import ZoshKit

/// What a person who stopped waiting must know: which changes may or may not have happened.
enum Abandonment {
    /// - Parameter uncertain: the changes in flight.
    static func sentence(_ uncertain: [String]) -> String {
        guard !uncertain.isEmpty else { return "stopped waiting; no change was in flight" }
        return "stopped waiting; uncertain: \(list(uncertain)): look before you repeat it"
    }

    /// What to say once the line has ended after all; nil when there is nothing new.
    static func news(_ uncertain: [String], _ meter: ProgressMeter) -> String? {
        let endings = meter.endings
        let known = uncertain.compactMap { change in endings[change].map { "\(change): \($0)" } }
        return known.isEmpty ? nil : "after you stopped waiting: " + list(known)
    }

    private static func list(_ changes: [String]) -> String {
        let shown = changes.prefix(5).map(\.neutralised).joined(separator: ", ")
        return changes.count > 5 ? "\(shown) and \(changes.count - 5) more" : shown
    }
}
