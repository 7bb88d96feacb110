/// What a stream knows once its last page was pulled.
///
/// For example `RowOutcome(missing: ["ghost@example.com"])`, which ends a run with 3.
public struct RowOutcome: Sendable, Hashable {
    /// Things asked for that were not found, in the order they were asked for.
    public var missing: [String] = []
    /// Rows that carry a failure.
    public var failed = 0
    /// What one of them is called in a sentence: `row`, `check`.
    public var failedNoun = "row"
    /// How the changes of a write ended, by outcome: `done`, `refused`, `not started`. Empty where nothing was changed.
    public var changes: [String: Int] = [:]
    /// Sentences for the person: a count that moved meanwhile, columns left out.
    public var notes: [String] = []
    /// An exit status the rows themselves do not show: `auth status` without a login prints `connected: false` and
    /// ends with 4.
    public var ending: ExitStatus?
    /// Whether what ended with this status has said so: a text that ran inside the line.
    package var isEndingReported = false

    /// Conditions that let rows pass which a write must not take as they are.
    public var doubts: [Doubt] = []

    /// Whether rows that the source promised did not come; what is kept for later must not be made of them.
    public var isCutShort = false

    public init() {}

    public init(missing: [String] = [], failed: Int = 0, notes: [String] = []) {
        self.missing = missing
        self.failed = failed
        self.notes = notes
    }

    /// Both outcomes as one, for a pipeline of several sources.
    public func merged(with other: RowOutcome) -> RowOutcome {
        var both = RowOutcome(
            missing: missing + other.missing, failed: failed + other.failed, notes: notes + other.notes)
        both.failedNoun = failed > 0 ? failedNoun : other.failedNoun
        both.ending = ending ?? other.ending
        both.isEndingReported = ending == nil ? other.isEndingReported : isEndingReported
        both.doubts = doubts + other.doubts.filter { !doubts.contains($0) }
        both.isCutShort = isCutShort || other.isCutShort
        both.changes = changes.merging(other.changes, uniquingKeysWith: +)
        return both
    }

    public var status: ExitStatus { ending ?? (missing.isEmpty && failed == 0 ? .done : .partial) }
}
