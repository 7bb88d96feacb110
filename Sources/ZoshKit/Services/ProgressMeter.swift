import Synchronization

/// What a running line has done so far; sources count, whoever draws progress reads.
public final class ProgressMeter: Sendable {
    public struct Reading: Sendable, Hashable {
        public var calls = 0
        public var rows = 0
        /// How many rows will come, when somebody knows.
        public var expected: Int?
    }

    private let state = Mutex(Reading())

    public init() {}

    public var reading: Reading { state.withLock { $0 } }

    public func count(calls: Int = 0, rows: Int = 0) {
        state.withLock {
            $0.calls += calls
            $0.rows += rows
        }
    }

    public func expect(rows: Int) { state.withLock { $0.expected = rows } }
}
