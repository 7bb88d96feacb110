internal import CLinux
internal import Glibc
internal import ZoshTrust

/// Runs a program that prints the passphrase, such as a password manager.
///
/// The program gets its own session, so that it cannot type into our
/// terminal, an empty session keyring, so that it cannot read keys we cached
/// there, and our environment without `ZOSH_*` and `ZOHO_*`.
struct KeyCommand {
    let command: String
    var timeout: Duration = .seconds(60)

    private static let limit = 4096

    /// What it prints, without the newline at its end.
    func passphrase() throws(VaultError) -> Secret {
        let output = try Pipe()
        let nothing = try Descriptor(opening: "/dev/null", flags: O_RDWR)
        let child = try start(input: nothing.number, output: output.write, errors: nothing.number)
        output.closeWriting()
        var end = End.timeOver
        var count = 0
        let printed = Secret(count: Self.limit + 1) { buffer in
            end = read(from: output.read, into: buffer, count: &count)
        }
        defer { printed.wipe() }
        // A program that is still at it, or its children, end with us.
        if end != .complete || count > Self.limit { _ = zosh_end_apart(child, 1) }
        let status = reap(child)
        if end == .interrupted { throw .interrupted }
        guard end == .complete else { throw .keyCommand("printed nothing for \(timeout.components.seconds) seconds") }
        guard count <= Self.limit else { throw .keyCommand("printed more than \(Self.limit) bytes") }
        guard status == 0 else { throw .keyCommand(Self.ending(status)) }
        let line = printed.withUnsafeBytes { bytes in
            Secret(bytes.prefix(bytes[..<count].last == UInt8(ascii: "\n") ? count - 1 : count))
        }
        guard !line.isEmpty else { throw .keyCommand("printed nothing") }
        guard !line.withUnsafeBytes({ $0.contains(UInt8(ascii: "\n")) }) else {
            throw .keyCommand("printed more than one line")
        }
        return line
    }

    private func start(input: Int32, output: Int32, errors: Int32) throws(VaultError) -> pid_t {
        var pid: Int32 = 0
        let failed = withCStrings(["/bin/sh", "-c", command]) { arguments in
            zosh_spawn_apart("/bin/sh", arguments, nil, input, output, errors, CInt(ZOSH_BOUND), &pid) != 0
        }
        guard !failed else {
            let code = errno
            throw code == ENOPKG ? .confineMissing : .keyCommand("could not be started: \(systemMessage(code))")
        }
        return pid
    }

    /// How reading ended.
    private enum End { case complete, timeOver, interrupted }

    /// Reads to the end. Looks up ten times a second whether the waiting caller has given up: the line of a first
    /// Ctrl-C.
    private func read(from descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, count: inout Int) -> End {
        let end = ContinuousClock.now + timeout
        while count < buffer.count {
            if Task.isCancelled { return .interrupted }
            let left = (end - ContinuousClock.now) / .milliseconds(1)
            guard left > 0 else { return .timeOver }
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let found = poll(&ready, 1, Int32(min(100, left.rounded(.up))))
            if found == 0 || (found < 0 && errno == EINTR) { continue }
            let got = Glibc.read(descriptor, buffer.baseAddress! + count, buffer.count - count)
            if got < 0, errno == EINTR { continue }
            if got <= 0 { return .complete }
            count += got
        }
        return .complete
    }

    private func reap(_ child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status
    }

    private static func ending(_ status: Int32) -> String {
        status & 0x7f == 0 ? "ended with status \(status >> 8 & 0xff)" : "was ended by signal \(status & 0x7f)"
    }
}

/// Both ends of a pipe, closed exactly once.
private struct Pipe: ~Copyable {
    let read: Int32
    let write: Int32

    init() throws(VaultError) {
        var (reading, writing): (Int32, Int32) = (-1, -1)
        guard zosh_pipe(&reading, &writing) == 0 else { throw .system("making a pipe", code: errno) }
        (read, write) = (reading, writing)
    }

    /// Our copy, without which reading would never end.
    func closeWriting() { close(write) }

    deinit { close(read) }
}

private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
}
