internal import CLinux
internal import Glibc

/// A file only this user can read, in its own directory, gone with everything beside it when done.
final class PrivateTextFile {
    let path: String
    private let directory: String

    /// In `XDG_RUNTIME_DIR` (memory, on most systems), else `TMPDIR`, else `/tmp`. nil when it cannot be made.
    init?(named name: String, containing text: String) {
        let base =
            (["XDG_RUNTIME_DIR", "TMPDIR"] as [String]).lazy
            .compactMap { getenv($0).map { String(cString: $0) } }.first { $0.hasPrefix("/") } ?? "/tmp"
        var template = Array((base + "/zosh-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { return nil }
        directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        path = directory + "/" + name
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            rmdir(directory)
            return nil
        }
        defer { close(file) }
        let bytes = Array(text.utf8)
        guard zosh_write_all(file, bytes, bytes.count) == 0 else {
            unlink(path)
            rmdir(directory)
            return nil
        }
    }

    deinit {
        // Editors leave backups beside the file.
        if let folder = opendir(directory) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != "." && name != ".." { unlink(directory + "/" + name) }
            }
            closedir(folder)
        }
        rmdir(directory)
    }

    func contents() -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
