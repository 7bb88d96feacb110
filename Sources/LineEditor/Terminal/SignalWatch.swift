internal import Glibc
internal import Synchronization

/// Turns signals into ordinary calls on its own thread.
///
/// libedit's own handlers dereference a pointer another thread may just have cleared, and Swift code must not
/// run inside a handler at all. So ours only writes the signal's number into a pipe; a thread reads it there.
/// Blocking alone would not do: the main thread of an asynchronous program waits with an empty mask
/// (libdispatch's `sigsuspend`), and a signal with its default action would end the process there.
/// The signals are blocked elsewhere so that no system call of ours is interrupted: `install` must run before
/// any other thread starts. A mask is inherited; code that starts a child sets an empty one for it.
public final class SignalWatch: Sendable {
    /// Written by the handlers, read by the watching thread; lives as long as the process.
    private static let relay: (read: CInt, write: CInt) = {
        var ends: [CInt] = [-1, -1]
        let made = pipe(&ends)
        precondition(made == 0, "no file descriptors left for signals")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        return (ends[0], ends[1])
    }()

    /// How many marks the watching thread has come by; nil while nothing watches.
    private static let marks = Mutex<Int?>(nil)

    /// Returns once the signals that have arrived were handled, but for one the kernel is handing to a thread at this
    /// moment. Only then can the effect of a key pressed in another program be told from that of the next.
    public static func settle() {
        guard let before = marks.withLock(\.self) else { return }
        var pending = sigset_t()
        while sigpending(&pending) == 0,
            CaughtSignal.allCases.contains(where: { sigismember(&pending, $0.number) == 1 })
        { poll(nil, 0, 1) }
        var mark: UInt8 = 0
        guard write(relay.write, &mark, 1) == 1 else { return }
        while marks.withLock(\.self) == before { poll(nil, 0, 1) }
    }

    /// Calls `handler` for each signal of `CaughtSignal` that arrives from now on.
    ///
    /// `handler` runs on the watching thread: it may hand on, cancel tasks, write to a pipe; it must not block.
    @discardableResult
    public static func install(_ handler: @escaping @Sendable (CaughtSignal) -> Void) -> SignalWatch {
        SignalWatch(handler)
    }

    private init(_ handler: @escaping @Sendable (CaughtSignal) -> Void) {
        _ = Self.relay
        Self.marks.withLock { $0 = 0 }
        for caught in CaughtSignal.allCases { Self.catchSignal(caught.number) }
        var set = Self.watched
        pthread_sigmask(SIG_BLOCK, &set, nil)
        DetachedThread.start(stackBytes: 256 * 1024) {
            var set = Self.watched
            pthread_sigmask(SIG_UNBLOCK, &set, nil)
            while true {
                var number: UInt8 = 0
                guard read(Self.relay.read, &number, 1) == 1 else { continue }
                if let caught = CaughtSignal(number: CInt(number)) {
                    handler(caught)
                } else {
                    Self.marks.withLock { $0? += 1 }
                }
            }
        }
    }

    private static func catchSignal(_ number: CInt) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            let before = errno
            var byte = UInt8(truncatingIfNeeded: number)
            _ = write(SignalWatch.relay.write, &byte, 1)
            errno = before
        }
        action.sa_flags = CInt(SA_RESTART | SA_ONSTACK)
        sigaction(number, &action, nil)
    }

    private static var watched: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for caught in CaughtSignal.allCases { sigaddset(&set, caught.number) }
        return set
    }

    /// Stops this process as the terminal's ^Z would, and returns when it is continued.
    ///
    /// The kernel ignores the stop when nothing could continue us (no job-control shell above), which is what we want.
    static func stopSelf() {
        var caught = sigaction()
        var usual = sigaction()
        usual.__sigaction_handler.sa_handler = nil
        sigaction(SIGTSTP, &usual, &caught)
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTSTP)
        var before = sigset_t()
        pthread_sigmask(SIG_UNBLOCK, &set, &before)
        pthread_kill(pthread_self(), SIGTSTP)
        pthread_sigmask(SIG_SETMASK, &before, nil)
        sigaction(SIGTSTP, &caught, nil)
    }
}
