internal import CLibedit
internal import Glibc
internal import Synchronization

/// A line reader on a thread of its own, asked from asynchronous code.
///
/// libedit wants one thread for its whole life and blocks it; the cooperative pool must not be blocked.
/// `make` runs on that thread and so do all calls of the delegate.
public final class EditorThread: Sendable {
    private let request = Mutex<CheckedContinuation<Editor.Event, Never>?>(nil)
    private let gate = WakePipe()

    /// - Parameter make: builds the reader (`Editor` or `PlainReader`) on the new thread.
    public init(stackBytes: Int = 2 << 20, make: @escaping @Sendable () -> any LineSource) {
        Self.detach(stackBytes: stackBytes) { [self] in serve(make()) }
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

    /// Starts a detached thread with an explicit stack size.
    static func detach(stackBytes: Int, _ body: @escaping @Sendable () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, max(stackBytes, 64 * 1024))
        pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        let box = Unmanaged.passRetained(Body(run: body))
        var thread = pthread_t()
        let started = pthread_create(
            &thread, &attributes,
            { argument in
                if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
        precondition(started == 0, "no thread could be started")
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}

/// Anything that yields one command after the other.
public protocol LineSource: AnyObject {
    /// Blocks until there is a line or a reason to stop.
    func next() -> Editor.Event
}
