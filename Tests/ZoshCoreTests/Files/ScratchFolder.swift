import Glibc
import ZoshKit

/// A folder of its own for one test, removed with it.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array((base + "/zosh-files-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw ZoshError(.local, "no scratch folder") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in names { unlink(path + "/" + name) }
        rmdir(path)
    }

    func file(_ name: String, _ text: String? = nil) -> String { file(name, bytes: text.map { Array($0.utf8) }) }

    func file(_ name: String, bytes: [UInt8]?) -> String {
        let full = path + "/" + name
        if let bytes, let file = fopen(full, "wb") {
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
        return full
    }

    /// Nil when there is no such file.
    func text(_ name: String) -> String? {
        guard let file = fopen(path + "/" + name, "rb") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Everything in it, hidden files too.
    var names: [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func mode(_ name: String) -> UInt32 {
        var info = stat()
        return stat(path + "/" + name, &info) == 0 ? info.st_mode & 0o777 : 0
    }
}
