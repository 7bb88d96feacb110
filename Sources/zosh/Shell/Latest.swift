import Synchronization
import ZoshCore
import ZoshKit

/// The directory Tab answers from: that of the connection the prompt shows.
final class LatestDirectory: Sendable {
    private let kept = Mutex<DirectoryRefresher?>(nil)
    private let recent = Mutex<[String]>([])

    /// Ids of the people named lately, the latest first.
    var recentIDs: [String] { recent.withLock { $0 } }
    func note(recentIDs: [String]) { recent.withLock { $0 = recentIDs } }

    /// Called when people are known whom nobody knew before, or will not be.
    private let listener = Mutex<(@Sendable () -> Void)?>(nil)

    func onArrival(_ listener: @escaping @Sendable () -> Void) { self.listener.withLock { $0 = listener } }
    func haveArrived() { listener.withLock { $0 }?() }

    var refresher: DirectoryRefresher? { kept.withLock { $0 } }
    var current: PublishedDirectory { refresher?.current ?? .empty }
    func set(_ latest: DirectoryRefresher) { kept.withLock { $0 = latest } }

    func forget() {
        kept.withLock { $0 = nil }
        note(recentIDs: [])
    }
}

/// Something that happens once.
final class Once: Sendable {
    private let happened = Mutex(false)

    /// - Returns: whether this was the first time.
    func first() -> Bool {
        happened.withLock { happened in
            defer { happened = true }
            return !happened
        }
    }

    /// It came to nothing: the next time is the first again.
    func failed() { happened.withLock { $0 = false } }
}

/// Something only one may be doing.
final class Turnstile: Sendable {
    private let inside = Mutex(false)

    func begin() -> Bool {
        inside.withLock { inside in
            defer { inside = true }
            return !inside
        }
    }

    func end() { inside.withLock { $0 = false } }
}

/// A fact others look at.
final class Sign: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }
    func set(_ new: Bool) { state.withLock { $0 = new } }
}

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
