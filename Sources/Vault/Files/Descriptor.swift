internal import Glibc

/// An open file descriptor that is closed exactly once.
struct Descriptor: ~Copyable {
    let number: Int32

    /// Opens `path` without following a link at its end, closed on exec, never
    /// waiting for the other end of a pipe.
    init(opening path: String, flags: Int32, mode: mode_t = 0o600) throws(VaultError) {
        var result: Int32
        repeat {
            result = open(path, flags | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, mode)
        } while result < 0 && errno == EINTR
        guard result >= 0 else { throw .opening(path, errno) }
        number = result
    }

    /// Takes over one that is open.
    init(taking number: Int32) { self.number = number }

    deinit { close(number) }

    func status() throws(VaultError) -> stat {
        var about = stat()
        guard fstat(number, &about) == 0 else { throw .system("looking at a file", code: errno) }
        return about
    }

    /// Forces what was written, or a directory's entries, to the disk.
    func sync() throws(VaultError) {
        guard fsync(number) == 0 else { throw .system("writing to the disk", code: errno) }
    }
}

extension VaultError {
    static let unreadable = "may not be opened"

    /// What an errno of opening or creating `path` means.
    static func opening(_ path: String, _ code: Int32) -> VaultError {
        switch code {
        case ELOOP, EMLINK: .insecure(path: path, "is a symbolic link", fix: "put the real file or directory there")
        case ENOSPC, EDQUOT: .diskFull
        case EROFS: .readOnly(path: path)
        case EACCES, EPERM:
            .insecure(path: path, unreadable, fix: "its owner can give it back with chown and chmod")
        default: .system("opening \(path)", code: code)
        }
    }
}
