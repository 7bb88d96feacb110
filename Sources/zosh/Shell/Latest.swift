import Synchronization
import ZoshCore

/// The directory Tab answers from: that of the connection the prompt shows.
final class LatestDirectory: Sendable {
    private let refresher = Mutex<DirectoryRefresher?>(nil)

    var current: PublishedDirectory { refresher.withLock { $0 }?.current ?? .empty }
    func set(_ latest: DirectoryRefresher) { refresher.withLock { $0 = latest } }
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

    var isBusy: Bool { inside.withLock { $0 } }

    func begin() -> Bool {
        inside.withLock { inside in
            defer { inside = true }
            return !inside
        }
    }

    func end() { inside.withLock { $0 = false } }
}
