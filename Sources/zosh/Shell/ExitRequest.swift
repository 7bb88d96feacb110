import Synchronization

/// Whether `exit` was said by the line that runs.
final class ExitRequest: Sendable {
    private let asked = Mutex(false)

    var isAsked: Bool { asked.withLock { $0 } }
    func ask() { asked.withLock { $0 = true } }
}
