import CLinux
import Glibc
import LineEditor
import ZoshKit

/// A pager in the foreground, reading from us while it has the terminal.
actor PagerProcess {
    private let writing: CInt
    private let terminal: Terminal
    private let running: RunningLine
    private let hold: RunningLine.HoldID
    private let ending: Task<Void, Never>
    private var isClosed = false
    private let queue = BlockingQueue("zosh.pager.input")

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    init(_ words: [String], _ terminal: Terminal, _ running: RunningLine) throws {
        var (reading, writing): (CInt, CInt) = (-1, -1)
        guard zosh_pipe(&reading, &writing) == 0 else {
            throw ZoshError(
                .local, "no pipe to the pager can be made: \(String(cString: strerror(errno)).lowercased())",
                remedy: "set pager off")
        }
        (self.writing, self.terminal, self.running) = (writing, terminal, running)
        // Ctrl-C is the pager's while it has the terminal; it may end the reading, never the waiting.
        let hold = running.beginHold()
        self.hold = hold
        let input = reading
        let waiting = BlockingQueue("zosh.pager")
        ending = Task.detached {
            // What a pager ends with says nothing about the result.
            _ = try? await waiting.run { try terminal.runChild(words, input: input) }
            // A Ctrl-C the pager heard is no later line's.
            try? await waiting.run { SignalWatch.settle() }
            running.endHold(hold)
        }
    }

    /// - Returns: false once the pager reads no more.
    func write(_ bytes: [UInt8]) -> Bool {
        guard !isClosed else { return false }
        return bytes.withUnsafeBytes { zosh_write_all(writing, $0.baseAddress, $0.count) } == 0
    }

    /// Tells the pager that this is all, and waits until it is left.
    func end() async {
        // Once the pager has the whole result, nothing can be interrupted any more.
        if !isClosed, !Task.isCancelled { running.ignoreInterrupts(hold) }
        if !isClosed {
            isClosed = true
            close(writing)
        }
        await ending.value
    }
}
