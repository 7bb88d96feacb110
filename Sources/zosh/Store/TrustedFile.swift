import Glibc
import ZoshKit

/// A small file of the person's own that zosh obeys: no other user may write to it. Links are followed, since people
/// keep their settings in other folders; what they lead to counts.
enum TrustedFile {
    /// Bytes. Settings are short; whatever is longer is not settings.
    static let most = 64 << 10

    /// The bytes of a file that may be obeyed; nil when there is none.
    /// - Parameter danger: what another user could do by writing to it, to stand after "others, who could".
    /// - Throws: `ZoshError` when it cannot be read, is not a regular file, is too long, or others may write to it. It
    ///   never waits: a pipe in the place of the file has no end.
    static func contents(at path: String, danger: String) throws(ZoshError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            if code == ENOENT || code == ENOTDIR { return nil }
            throw ZoshError(
                .local, "\(path) cannot be read: \(String(cString: strerror(code)).lowercased())",
                remedy: "chmod 600 \(path), as its owner")
        }
        defer { close(descriptor) }
        // What was opened is asked, not what stands at the path by now.
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw ZoshError(.local, "\(path) is not a regular file", remedy: "put a text file there, or remove it")
        }
        try check(facts, path, danger)
        return try read(descriptor, path)
    }

    /// Why a file must not be obeyed; nil when it may, or is not there.
    static func mistake(at path: String, danger: String) -> ZoshError? {
        do { _ = try contents(at: path, danger: danger) } catch { return error }
        return nil
    }

    private static func check(_ file: stat, _ path: String, _ danger: String) throws(ZoshError) {
        guard isOurs(file) else {
            throw ZoshError(
                .local, "\(path) can be written by others, who could \(danger)",
                remedy: "chmod 600 \(path), as its owner")
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        var place = stat()
        // In a sticky folder, such as /tmp, no other user can put another file in the place of ours.
        guard stat(folder.isEmpty ? "/" : folder, &place) == 0,
            isOurs(place) || (place.st_mode & S_ISVTX != 0 && file.st_uid == geteuid())
        else {
            throw ZoshError(
                .local, "\(folder) can be written by others, who could \(danger)",
                remedy: "chmod 700 \(folder), as its owner")
        }
    }

    /// Ours or root's, and writable by no other user.
    private static func isOurs(_ facts: stat) -> Bool {
        (facts.st_uid == geteuid() || facts.st_uid == 0) && facts.st_mode & 0o022 == 0
    }

    private static func read(_ descriptor: CInt, _ path: String) throws(ZoshError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: most + 1)
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes { bytes in
                let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[count...])
                return Glibc.read(descriptor, rest.baseAddress, rest.count)
            }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else {
                throw ZoshError(.local, "\(path) cannot be read: \(String(cString: strerror(errno)).lowercased())")
            }
            if more == 0 { break }
            count += more
        }
        guard count <= most else {
            throw ZoshError(.local, "\(path) is longer than 64 KiB", remedy: "keep only what zosh reads there")
        }
        return Array(bytes.prefix(count))
    }
}
