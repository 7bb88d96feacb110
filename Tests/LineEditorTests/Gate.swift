internal import Glibc
internal import Testing

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

    /// Returns once the command waits.
    func arrival() { file = open(path, O_WRONLY | O_CLOEXEC) }

    func release() {
        if file >= 0 { close(file) }
        file = -1
    }
}
