import Glibc
import ZoshCore
import ZoshKit

/// Results on their way to a file descriptor, whole or not at all.
///
/// Writing happens off the cooperative pool: a pager that stops reading must not stop the network. A closed pipe
/// ends the line quietly with status 141, as SIGPIPE does for every filter.
actor DescriptorSink: ByteSink {
    private let descriptor: CInt
    private let beforeWriting: @Sendable () -> Void
    private let queue = BlockingQueue("zosh.output")

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    init(_ descriptor: CInt, beforeWriting: @escaping @Sendable () -> Void = {}) {
        self.descriptor = descriptor
        self.beforeWriting = beforeWriting
    }

    func write(_ bytes: [UInt8]) throws {
        guard !bytes.isEmpty else { return }
        beforeWriting()
        try bytes.withUnsafeBytes { buffer in
            var rest = buffer
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count > 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
                } else if errno == EAGAIN {
                    var door = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&door, 1, -1)
                } else if errno == EPIPE {
                    throw ZoshError(.readerLeft, "the reader of standard output went away")
                } else if errno != EINTR {
                    throw ZoshError(.local, "standard output cannot be written: \(String(cString: strerror(errno)))")
                }
            }
        }
    }
}
