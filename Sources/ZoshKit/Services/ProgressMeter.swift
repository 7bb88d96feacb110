import Synchronization

/// What a running line has done so far; sources and the gate count, the progress line reads.
public final class ProgressMeter: Sendable {
    public struct Reading: Sendable, Hashable {
        public var calls = 0
        /// API credits spent, as far as Zoho's documentation lets us count.
        public var credits = 0
        public var rows = 0
        /// How many rows will come, when somebody knows.
        public var expected: Int?
        /// Changes that are over, however they ended.
        public var changes = 0
        /// How many changes the line will make, once that is decided.
        public var plannedChanges: Int?
        /// Changes whose request has left and whose end is not known, as sentences: "deactivate ada@example.com".
        public var inFlight: [String] = []
        /// Changes that Zoho accepted and whose rows are not out yet, because what it shows is still being read.
        public var unread: [String] = []
        /// How the changes ended whose rows are made, and whether their rows were shown.
        public var ended = EndedChanges()

        public init() {}
    }

    private struct State {
        var reading = Reading()
        /// How the changes ended that somebody stopped waiting for.
        var endings: [String: String] = [:]
        var abandoned: Set<String> = []
        /// The changes that ended last, whose rows are not out yet, without those in `unread`.
        var latest: [String] = []
    }

    private let mostLatest = 200

    private let state = Mutex(State())

    public init() {}

    public var reading: Reading { state.withLock { $0.reading } }

    public func count(calls: Int = 0, credits: Int = 0, rows: Int = 0) {
        state.withLock {
            $0.reading.calls += calls
            $0.reading.credits += credits
            $0.reading.rows += rows
        }
    }

    public func expect(rows: Int) { state.withLock { $0.reading.expected = rows } }

    public func expect(changes: Int) { state.withLock { $0.reading.plannedChanges = changes } }

    /// A change begins; until it ends, nobody knows whether it happened.
    public func begin(change: String) { state.withLock { $0.reading.inFlight.append(change) } }

    /// - Parameters:
    ///   - ending: what became of it: "done", "refused: …".
    ///   - isUnread: its row waits until Zoho shows the result; `allRead` ends that.
    public func end(change: String, _ ending: String, isUnread: Bool = false) {
        state.withLock { state in
            state.reading.changes += 1
            if isUnread { state.reading.unread.append(change) }
            if let index = state.reading.inFlight.firstIndex(of: change) { state.reading.inFlight.remove(at: index) }
            if state.abandoned.contains(change) { state.endings[change] = ending }
            if !isUnread { state.latest.append("\(change): \(ending)") }
            if state.latest.count > 2 * mostLatest { state.latest.removeFirst(mostLatest) }
        }
    }

    /// The row of a change is made.
    /// - Parameter outcome: as the row has it.
    public func count(ended outcome: String) { state.withLock { $0.reading.ended.add(outcome) } }

    /// Rows of changes have reached the reader of the line.
    public func count(shown rows: Int) { state.withLock { $0.reading.ended.show(rows) } }

    /// The rows of every change that is over are out.
    public func allRead() {
        state.withLock {
            $0.reading.unread = []
            $0.latest = []
        }
    }

    /// Somebody stops waiting.
    /// - Returns: the changes that are uncertain from now on.
    public func abandon() -> [String] {
        state.withLock { state in
            state.abandoned.formUnion(state.reading.inFlight)
            return state.reading.inFlight
        }
    }

    /// How the last changes ended, in order: what must be told when the process leaves before their rows are shown.
    public var latestEndings: [String] { state.withLock { Array($0.latest.suffix(mostLatest)) } }

    /// How the changes of `abandon` ended, as far as they have.
    public var endings: [String: String] { state.withLock { $0.endings } }
}
