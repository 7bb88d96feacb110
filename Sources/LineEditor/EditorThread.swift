internal import CLibedit
internal import Glibc
internal import Synchronization

/// A line reader on its own thread, asked from asynchronous code.
///
/// libedit wants one thread for its whole life and blocks it; the cooperative pool must not be blocked.
/// `make` runs on that thread and so do all calls of the delegate.
public final class EditorThread: Sendable {
    private let request = Mutex<CheckedContinuation<Editor.Event, Never>?>(nil)
    private let gate = WakePipe()

    /// - Parameter make: builds the reader (`Editor` or `PlainReader`) on the new thread.
    public init(stackBytes: Int = 2 << 20, make: @escaping @Sendable () -> any LineSource) {
        DetachedThread.start(stackBytes: stackBytes) { [self] in serve(make()) }
    }

    /// Reads the next line; the thread sleeps between calls, leaving the terminal to whatever runs.
    public func next() async -> Editor.Event {
        await withCheckedContinuation { continuation in
            request.withLock { $0 = continuation }
            gate.wake()
        }
    }

    private func serve(_ source: any LineSource) {
        while true {
            var door = pollfd(fd: gate.readEnd, events: Int16(POLLIN), revents: 0)
            _ = poll(&door, 1, -1)
            gate.drain()
            let waiting = request.withLock { request in
                defer { request = nil }
                return request
            }
            waiting?.resume(returning: source.next())
        }
    }
}

/// Anything that yields one command after the other.
public protocol LineSource: AnyObject {
    /// Blocks until there is a line or a reason to stop.
    func next() -> Editor.Event
}
