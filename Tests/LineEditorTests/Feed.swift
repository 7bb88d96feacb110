internal import Glibc
internal import Testing

/// A named pipe the host reads notices from.
final class Feed {
    let path: String
    private let folder: String
    private var file: UnsafeMutablePointer<FILE>?

    init() throws {
        var template = Array("/tmp/zosh-notices-XXXXXX".utf8CString)
        _ = mkdtemp(&template)
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        path = folder + "/feed"
        try #require(mkfifo(path, 0o600) == 0)
    }

    deinit {
        if let file { fclose(file) }
        unlink(path)
        rmdir(folder)
    }

    func post(_ text: String) {
        if file == nil { file = fopen(path, "w") }
        fputs(text + "\n", file)
        fflush(file)
    }
}
