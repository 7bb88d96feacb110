import Synchronization
import ZoshCore

/// The directory Tab answers from: that of the connection the prompt shows.
final class LatestDirectory: Sendable {
    private let kept = Mutex<DirectoryRefresher?>(nil)
    private let recent = Mutex<[String]>([])

    /// Ids of the people named lately, the latest first.
    var recentIDs: [String] { recent.withLock { $0 } }
    func note(recentIDs: [String]) { recent.withLock { $0 = recentIDs } }

    var refresher: DirectoryRefresher? { kept.withLock { $0 } }
    var current: PublishedDirectory { refresher?.current ?? .empty }
    func set(_ latest: DirectoryRefresher) { kept.withLock { $0 = latest } }
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

/// Something that may happen again only after a while.
final class Pause: Sendable {
    private let last = Mutex<Int64?>(nil)

    /// Whether so many seconds have gone by since the last yes; a yes starts them anew.
    func isOver(_ seconds: Int64, at now: Int64) -> Bool {
        last.withLock { last in
            if let last, (0..<seconds).contains(now - last) { return false }
            last = now
            return true
        }
    }
}
