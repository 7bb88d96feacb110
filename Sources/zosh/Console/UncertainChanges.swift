import ZoshKit

/// What a person who stopped waiting must know: which changes may or may not have happened.
enum UncertainChanges {
    /// - Parameters:
    ///   - uncertain: the changes in flight.
    ///   - unread: those Zoho accepted whose rows do not come any more. All are named, since no row does it.
    static func sentence(_ uncertain: [ProgressMeter.RunningChange], unread: [String] = []) -> String {
        var parts = ["stopped waiting"]
        if uncertain.isEmpty {
            parts.append("no change was in flight")
        } else {
            parts.append("\(list(uncertain.map(\.sentence))) may or may not have happened: check before repeating")
        }
        if !unread.isEmpty {
            parts.append("accepted and not read back: \(unread.map(\.neutralised).joined(separator: ", "))")
        }
        return parts.joined(separator: "; ")
    }

    /// What to say once the line has ended after all; nil when there is nothing new.
    static func news(_ uncertain: [ProgressMeter.RunningChange], _ meter: ProgressMeter) -> String? {
        let endings = meter.endings
        let known = uncertain.compactMap { change in endings[change.number].map { "\(change.sentence): \($0)" } }
        return known.isEmpty ? nil : "after you stopped waiting: " + list(known)
    }

    /// All of them, as many as were under way at once: no row names them any more.
    private static func list(_ changes: [String]) -> String {
        changes.map(\.neutralised).joined(separator: ", ")
    }
}
