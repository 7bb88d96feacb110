import Glibc
import ZoshKit

/// A file of the person's own that zosh obeys: nobody else may have a say in it. Links are followed, since people keep
/// their settings in other folders; what they lead to counts.
enum TrustedFile {
    /// Why a file must not be obeyed; nil when it may, or is not there.
    /// - Parameter danger: what somebody else could do by writing to it, to stand after "others, who could".
    static func mistake(at path: String, danger: String) -> ZoshError? {
        guard let file = facts(of: path) else { return nil }
        guard isOurs(file) else {
            return ZoshError(.local, "\(path) can be written by others, who could \(danger)", remedy: "chmod 600 \(path), as its owner")
        }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        guard let place = facts(of: folder.isEmpty ? "/" : folder), isOurs(place) else {
            return ZoshError(.local, "\(folder) can be written by others, who could \(danger)", remedy: "chmod 700 \(folder), as its owner")
        }
        return nil
    }

    private static func facts(of path: String) -> stat? {
        var facts = stat()
        return stat(path, &facts) == 0 ? facts : nil
    }

    /// Ours or root's, and writable by nobody else.
    private static func isOurs(_ facts: stat) -> Bool {
        (facts.st_uid == getuid() || facts.st_uid == 0) && facts.st_mode & 0o022 == 0
    }
}
