import Synchronization

/// What a running line has done so far; sources and the gate count, the progress line reads.
///
/// For example `shell.progress.count(calls: 1, rows: 200)` after a page.
public final class ProgressMeter: Sendable {
    public struct Reading: Sendable, Hashable {
        public var calls = 0
        /// API credits spent, as far as Zoho's documentation lets us count.
        public var credits = 0
        public var rows = 0
        /// How many rows will come, when that is known.
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

    /// A change whose request has left and whose end is not known. Two may have one sentence: the same user at two
    /// connections.
    public struct RunningChange: Sendable, Hashable {
        /// Which of the line's changes it is, in the order they began.
        public let number: Int
        /// "deactivate ada@example.com".
        public let sentence: String
    }

    private struct State {
        var reading = Reading()
        var running: [RunningChange] = []
        var begun = 0
        /// How the abandoned changes ended, by number.
        var endings: [Int: String] = [:]
        var abandoned: Set<Int> = []
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

    /// A change begins; until it ends, it is not known whether it happened.
    /// - Parameter sentence: "deactivate ada@example.com".
    public func begin(change sentence: String) -> RunningChange {
        state.withLock { state in
            state.begun += 1
            let change = RunningChange(number: state.begun, sentence: sentence)
            state.running.append(change)
            state.reading.inFlight.append(sentence)
            return change
        }
    }

    /// - Parameters:
    ///   - ending: what became of it: "done", "refused: …".
    ///   - isUnread: its row waits until Zoho shows the result; `allRead` ends that.
    public func end(_ change: RunningChange, _ ending: String, isUnread: Bool = false) {
        state.withLock { state in
            state.reading.changes += 1
            if isUnread { state.reading.unread.append(change.sentence) }
            state.running.removeAll { $0 == change }
            state.reading.inFlight = state.running.map(\.sentence)
            if state.abandoned.contains(change.number) { state.endings[change.number] = ending }
            if !isUnread { state.latest.append("\(change.sentence): \(ending)") }
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

    /// The person stops waiting.
    /// - Returns: the changes that are uncertain from now on.
    public func abandon() -> [RunningChange] {
        state.withLock { state in
            state.abandoned.formUnion(state.running.map(\.number))
            return state.running
        }
    }

    /// How the last changes ended, in order: what must be reported when the process leaves before their rows are shown.
    public var latestEndings: [String] { state.withLock { Array($0.latest.suffix(mostLatest)) } }

    /// How the changes of `abandon` ended, as far as they have, by number.
    public var endings: [Int: String] { state.withLock { $0.endings } }
}
