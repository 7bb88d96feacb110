import CLinux
import Glibc
import ZoshCore
import ZoshKit

/// Results on their way to a file descriptor, whole or not at all.
///
/// What may block is written off the cooperative pool: a pager that stops reading must not stop the network. Changing
/// threads costs more than most commands of a script, so what cannot block is written where it is. A closed pipe ends
/// the line quietly with status 141, as SIGPIPE does for every filter.
struct DescriptorSink: ByteSink {
    private let descriptor: CInt
    private let beforeWriting: @Sendable () -> Void
    private let queue = BlockingQueue("zosh.output")
    private let kind: Kind

    private enum Kind { case file, pipe, other }

    init(_ descriptor: CInt, beforeWriting: @escaping @Sendable () -> Void = {}) {
        self.descriptor = descriptor
        self.beforeWriting = beforeWriting
        var status = stat()
        let type = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
        kind = type == S_IFREG || type == S_IFCHR && isatty(descriptor) == 0 ? .file : type == S_IFIFO ? .pipe : .other
    }

    func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        if takesAtOnce(bytes.count) {
            try put(bytes)
        } else {
            try await queue.run { try put(bytes) }
        }
    }

    /// A file or /dev/null takes everything, and so does a pipe that is ready, up to PIPE_BUF bytes (pipe(7)).
    private func takesAtOnce(_ count: Int) -> Bool {
        switch kind {
        case .file: return true
        case .pipe:
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            return count <= PIPE_BUF && poll(&entry, 1, 0) == 1
        case .other: return false
        }
    }

    private func put(_ bytes: [UInt8]) throws {
        beforeWriting()
        switch bytes.withUnsafeBytes({ zosh_write_all(descriptor, $0.baseAddress, $0.count) }) {
        case 0: return
        case EPIPE: throw ZoshError(.readerLeft, "standard output was closed by its reader")
        case let code:
            throw ZoshError(
                .local, "standard output cannot be written: \(String(cString: strerror(code)).lowercased())")
        }
    }
}
