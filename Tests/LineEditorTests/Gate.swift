internal import Glibc
internal import Testing
internal import ZoshTesting

/// A named pipe a command of the host waits at, so that a test knows that it runs and decides when it ends.
final class Gate {
    let path: String
    private let folder: String
    private var file: CInt = -1

    init() throws {
        var template = Array("/tmp/zosh-gate-XXXXXX".utf8CString)
        _ = mkdtemp(&template)
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        path = folder + "/g"
        try #require(mkfifo(path, 0o600) == 0)
    }

    deinit {
        release()
        unlink(path)
        rmdir(folder)
    }

    /// Returns once the command waits. Fails when it never does, as that of a host that has ended.
    func arrival() throws {
        for _ in 0..<100 * Patience.seconds {
            file = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            if file >= 0 { return }
            // Nobody has the other end yet.
            try #require(errno == ENXIO)
            poll(nil, 0, 10)
        }
        Issue.record("nobody waits at the gate")
    }

    func release() {
        if file >= 0 { close(file) }
        file = -1
    }
}
