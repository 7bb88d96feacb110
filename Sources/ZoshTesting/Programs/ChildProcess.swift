public import Glibc
internal import Synchronization

/// A program with pipes for its standard streams.
///
/// Started by `posix_spawn` rather than Foundation's `Process`, which copies directory entries beyond their buffer
/// while it looks for open descriptors and now and then crashes the process that starts many children.
public final class ChildProcess: Sendable {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    public struct Ending: Sendable, Equatable {
        public let output: String
        public let errors: String
        /// 0–255, or 128 + the signal that killed it.
        public let status: Int32

        public init(output: String, errors: String, status: Int32) {
            self.output = output
            self.errors = errors
            self.status = status
        }
    }

    public let process: pid_t
    private let output: CInt
    private let errors: CInt
    private let status = Mutex<CInt?>(nil)

    /// - Parameters:
    ///   - program: a path.
    ///   - environment: the child's whole environment; nil hands on our own.
    ///   - folder: its working folder; nil is ours.
    ///   - input: what it finds on standard input; no more than a pipe holds (64 KiB).
    public init(
        _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil, folder: String? = nil,
        input: String = ""
    ) throws {
        let (given, out, err) = (try Self.pipe(), try Self.pipe(), try Self.pipe())
        defer { for end in [given.read, out.write, err.write] { close(end) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, given.read, 0)
        posix_spawn_file_actions_adddup2(&actions, out.write, 1)
        posix_spawn_file_actions_adddup2(&actions, err.write, 2)
        // Servers of other tests listen in this process on descriptors that are not close-on-exec; a child that held
        // one would keep a port open that its owner has closed. Closing what is not open is no error here.
        for descriptor in 3..<8192 { posix_spawn_file_actions_addclose(&actions, CInt(descriptor)) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, CShort(POSIX_SPAWN_SETSIGMASK))

        // Our own working folder is everybody's; `env` changes the child's.
        let line = (folder.map { ["/usr/bin/env", "-C", $0] } ?? []) + [program] + arguments
        let words = line.map { strdup($0) } + [nil]
        let variables = environment.map { $0.map { strdup("\($0.key)=\($0.value)") } + [nil] }
        defer { (words + (variables ?? [])).forEach { free($0) } }
        var child = pid_t()
        let result =
            if let variables {
                posix_spawn(&child, line[0], &actions, &attributes, words, variables)
            } else {
                posix_spawn(&child, line[0], &actions, &attributes, words, environ)
            }
        guard result == 0 else { throw Failure(description: "\(program): \(String(cString: strerror(result)))") }
        process = child
        output = out.read
        errors = err.read
        var text = input
        text.withUTF8 { bytes in _ = send(given.write, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)) }
        close(given.write)
    }

    deinit {
        if status.withLock({ $0 }) == nil {
            kill(process, SIGKILL)
            _ = wait()
        }
        close(output)
        close(errors)
    }

    public var isRunning: Bool {
        status.withLock { status in
            guard status == nil else { return false }
            var found: CInt = 0
            if waitpid(process, &found, WNOHANG) == process { status = found }
            return status == nil
        }
    }

    /// Nothing once it has ended and was waited for: its number may be another's by then.
    public func signal(_ number: CInt) {
        status.withLock { if $0 == nil { kill(process, number) } }
    }

    /// The next line of its output; blocks.
    public func line() -> String { Self.line(of: output) }

    /// The next line of its standard error; blocks. Empty at the end.
    public func errorLine() -> String { Self.line(of: errors) }

    private static func line(of descriptor: CInt) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(descriptor, &byte, 1) == 1, byte != 0x0A { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads both streams to their end and waits; blocks.
    public func ending() -> Ending {
        var texts: [[UInt8]] = [[], []]
        var doors = [output, errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while doors.contains(where: { $0.fd >= 0 }) {
            guard poll(&doors, 2, -1) > 0 else { continue }
            for index in doors.indices where doors[index].fd >= 0 && doors[index].revents != 0 {
                let count = read(doors[index].fd, &chunk, chunk.count)
                if count > 0 { texts[index] += chunk[..<count] } else { doors[index].fd = -1 }
            }
        }
        let status = wait()
        return Ending(
            output: String(decoding: texts[0], as: UTF8.self), errors: String(decoding: texts[1], as: UTF8.self),
            status: status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F))
    }

    private func wait() -> CInt {
        // Waited for without being reaped first, so that the lock is never held while waiting.
        var facts = siginfo_t()
        while status.withLock({ $0 == nil }), waitid(P_PID, id_t(process), &facts, WEXITED | WNOWAIT) < 0,
            errno == EINTR
        {}
        return status.withLock { status in
            if let status { return status }
            var found: CInt = 0
            while waitpid(process, &found, 0) < 0, errno == EINTR {}
            status = found
            return found
        }
    }

    /// A socket pair, since it can be made close-on-exec in one step: a copy in another test's child would keep a
    /// stream from ending.
    private static func pipe() throws -> (read: CInt, write: CInt) {
        var ends: [CInt] = [-1, -1]
        guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw Failure(description: "no pipe: \(String(cString: strerror(errno)))")
        }
        return (ends[0], ends[1])
    }
}
