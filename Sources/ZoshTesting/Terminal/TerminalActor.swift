internal import Dispatch

/// Where tests wait for a terminal: a thread of their own, one test after the other.
///
/// Waiting for a screen blocks. On the pool that everybody shares two such waits, on a machine with two processors,
/// would keep the emulator inside the same process from answering the very program that is waited for.
@globalActor
public actor TerminalActor {
    public static let shared = TerminalActor()

    private let queue = TerminalQueue()

    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }
}

private final class TerminalQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "zosh.testing.terminal")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
