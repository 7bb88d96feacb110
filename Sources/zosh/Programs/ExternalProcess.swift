import CLinux
import Dispatch
import Glibc
import Synchronization
import ZoshCore
import ZoshKit

/// A program of `!prog` while it runs. Each pipe is waited for on a thread, so that none blocks another.
final class ExternalProcess: RunningProgram {
    private let pid: pid_t
    private let input: Pipes
    private let output: Pipes
    private let writing = BlockingQueue("zosh.program.input")
    private let reading = BlockingQueue("zosh.program.output")
    private let waiting = BlockingQueue("zosh.program.end")
    /// Whether the process is gone and its number may be another one's.
    private let isReaped: Reaped
    private let errors: ProgramErrors

    private final class Reaped: Sendable { let state = Mutex(false) }

    init(_ pid: pid_t, _ name: String, input: Pipes, output: Pipes, errors: Pipes, _ narrator: Narrator) {
        self.pid = pid
        self.input = input
        self.output = output
        let reaped = Reaped()
        isReaped = reaped
        self.errors = ProgramErrors(errors, narrator, isOver: { reaped.state.withLock { $0 } })
    }

    deinit {
        end(atOnce: true)
        let (pid, reaped) = (pid, isReaped)
        // Nothing waits for it any more; it must not stay as a zombie.
        DispatchQueue.global().async { _ = Self.reap(pid, reaped) }
    }

    func write(_ bytes: [UInt8]) async throws -> Bool {
        try await writing.run { [input] in
            bytes.withUnsafeBytes { zosh_write_all(input.writing, $0.baseAddress, $0.count) } == 0
        }
    }

    func closeInput() async { try? await writing.run { [input] in input.closeWriting() } }

    func read() async throws -> [UInt8] {
        try await reading.run { [output] in
            var failure: CInt = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
                var count = 0
                repeat {
                    count = Glibc.read(output.reading, buffer.baseAddress, buffer.count)
                } while count < 0 && errno == EINTR
                if count < 0 { failure = errno }
                filled = max(0, count)
            }
            guard failure == 0 else {
                throw ZoshError(
                    .local, "a program cannot be read: \(String(cString: strerror(failure)).lowercased())")
            }
            return bytes
        }
    }

    func end() async -> Int {
        let status = (try? await waiting.run { [pid, isReaped] in Self.reap(pid, isReaped) }) ?? 0
        await errors.drained()
        return status
    }

    /// Asks first, and insists after two seconds.
    func stop() { end(atOnce: false) }

    /// Reaches everything the program has started, in whatever session that is by now.
    private func end(atOnce: Bool) {
        isReaped.state.withLock { isReaped in
            if !isReaped { _ = zosh_end_apart(pid, atOnce ? 1 : 0) }
        }
    }

    private static func reap(_ pid: pid_t, _ reaped: Reaped) -> Int {
        var info = siginfo_t()
        // Waits without reaping: between the end and the reaping no other process gets the number.
        while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        return reaped.state.withLock { isReaped in
            guard !isReaped else { return 0 }
            isReaped = true
            var status: CInt = 0
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
            return status & 0x7F == 0 ? Int(status >> 8) & 0xFF : 128 + Int(status & 0x7F)
        }
    }
}
