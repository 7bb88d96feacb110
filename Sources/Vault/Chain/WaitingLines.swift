internal import Synchronization

/// Lines of a plain chain that wait for the next commit: they are written in the transaction of whatever is committed
/// next, so that saying beforehand what a change will be costs no sync besides that of the change itself.
public final class WaitingLines: Sendable {
    /// One line.
    public struct Line: Sendable {
        /// The fields of a JSON object without its braces, asked for while the line is written.
        let fields: @Sendable () -> String
        /// Told the line's number.
        let written: @Sendable (Int64) -> Void

        public init(fields: @escaping @Sendable () -> String, written: @escaping @Sendable (Int64) -> Void = { _ in }) {
            self.fields = fields
            self.written = written
        }
    }

    private let kind: RecordKind
    private let waiting = Mutex<[Line]>([])

    public init(_ kind: RecordKind) { self.kind = kind }

    public var isEmpty: Bool { waiting.withLock { $0.isEmpty } }

    public func add(_ line: Line) { waiting.withLock { $0.append(line) } }

    /// Takes all of them out, in order.
    func taken() -> [Line] {
        waiting.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }

    /// Those of a transaction that was undone wait again, before those that came since.
    func putBack(_ lines: [Line]) { waiting.withLock { $0 = lines + $0 } }

    func write(_ lines: [Line], in transaction: StoreTransaction) throws {
        for line in lines { line.written(try transaction.appendLine(kind, line.fields())) }
    }
}
