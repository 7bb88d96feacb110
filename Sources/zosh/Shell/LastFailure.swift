import Synchronization
import ZoshKit

/// The last failed attempt at something, so that the next is not made at once.
final class LastFailure: Sendable {
    private let last = Mutex<(owner: ObjectIdentifier, problem: String, at: Int64)?>(nil)

    func note(_ owner: AnyObject, _ error: any Error, at now: Int64) {
        let problem = (error as? ZoshError)?.problem ?? "\(error)"
        last.withLock { $0 = (ObjectIdentifier(owner), problem, now) }
    }

    /// What went wrong for this owner, if it was the last to fail.
    func problem(of owner: AnyObject) -> String? {
        last.withLock { last in last?.owner == ObjectIdentifier(owner) ? last?.problem : nil }
    }

    /// Whether the same owner failed less than so many seconds ago.
    func isRecent(_ owner: AnyObject, within seconds: Int64, at now: Int64) -> Bool {
        last.withLock { last in
            guard let last, last.owner == ObjectIdentifier(owner) else { return false }
            return (0..<seconds).contains(now - last.at)
        }
    }
}
