internal import Glibc

/// What a file or directory must be before zosh trusts it with secrets: of the
/// expected type, ours, and closed to all other users.
///
/// Checked on descriptors, so that nothing can be exchanged in between.
enum Privacy {
    case file
    case directory

    func check(_ descriptor: borrowing Descriptor, path: String) throws(VaultError) {
        let about = try descriptor.status()
        guard about.st_mode & S_IFMT == type else {
            throw .insecure(path: path, "is not a \(noun)", fix: "move it away")
        }
        guard about.st_uid == geteuid() else {
            throw .insecure(
                path: path, "belongs to another user (\(about.st_uid))",
                fix: "run zosh as that user, or `chown` it to yours")
        }
        guard about.st_mode & 0o077 == 0 else {
            throw .insecure(
                path: path, "is open to other users (mode \(octal(about.st_mode & 0o777)))",
                fix: "run `chmod \(mode) \(path)`")
        }
    }

    private var type: mode_t { self == .file ? S_IFREG : S_IFDIR }
    private var noun: String { self == .file ? "regular file" : "directory" }
    private var mode: String { self == .file ? "600" : "700" }

    private func octal(_ mode: mode_t) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }
}
