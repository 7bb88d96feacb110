/// How the changes of a running line have ended, counted, and how many of their rows its reader has seen.
///
/// For example 3 done and 1 refused, of which 2 rows were shown.
public struct EndedChanges: Sendable, Hashable {
    /// By outcome: `done`, `refused`, `not started`.
    private var counts: [String: Int] = [:]
    private var shown = 0

    public init() {}

    mutating func add(_ outcome: String) { counts[outcome, default: 0] += 1 }

    mutating func show(_ rows: Int) { shown += rows }

    /// Whether something is, or may be, different at Zoho.
    public var hasWritten: Bool { ["done", "unverified"].contains { counts[$0, default: 0] > 0 } }

    /// `3 changed, 1 refused, 16 not started`; nil when nothing was sent or every row has been shown.
    public var unreported: String? {
        guard counts.values.reduce(0, +) > shown, Self.sent.contains(where: { counts[$0, default: 0] > 0 }) else {
            return nil
        }
        return Self.words.compactMap { outcome, word in
            counts[outcome].map { "\($0) \(word)" }
        }.joined(separator: ", ")
    }

    /// The outcomes of a request that has left; `refused` may also be said without one.
    private static let sent = ["done", "unverified", "failed", "refused"]

    private static let words = [
        ("done", "changed"), ("unchanged", "unchanged"), ("refused", "refused"), ("failed", "failed"),
        ("unverified", "unverified"), ("not started", "not started"),
    ]
}
