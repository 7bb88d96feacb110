internal import ZoshKit

/// Where tests wait for a terminal: their own thread, one test after the other.
///
/// Waiting for a screen blocks. On the pool that everybody shares two such waits, on a machine with two processors,
/// would keep the emulator inside the same process from answering the very program that is waited for.
@globalActor
public actor TerminalActor {
    public static let shared = TerminalActor()

    private let queue = BlockingQueue("zosh.testing.terminal")

    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }
}
