import Synchronization

/// Something that happens once.
final class OnceFlag: Sendable {
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
final class InFlightFlag: Sendable {
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
final class SharedFlag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }
    func set(_ new: Bool) { state.withLock { $0 = new } }
}
