internal import CLinux
internal import Glibc
internal import ZoshTrust

/// Whole files that only their owner may read.
enum PrivateFile {
    /// Creates `path` with mode 0600 whatever the umask, and makes it durable.
    /// Fails with `EEXIST` when anything is there; leaves nothing half-written.
    static func create(at path: String, containing content: Secret) throws(VaultError) {
        let file: Descriptor
        do throws(VaultError) { file = try Descriptor(opening: path, flags: O_WRONLY | O_CREAT | O_EXCL) } catch {
            throw missingFolder(of: path) ?? error
        }
        do throws(VaultError) {
            guard fchmod(file.number, 0o600) == 0 else { throw .system("closing \(path) to others", code: errno) }
            try write(content, to: file, path: path)
            try file.sync()
            try syncDirectory(of: path)
        } catch {
            unlink(path)
            throw error
        }
    }

    /// Why a file of this path cannot be made, when its folder is the reason.
    private static func missingFolder(of path: String) -> VaultError? {
        let folder = folder(of: path)
        var about = stat()
        guard stat(folder, &about) == 0 else {
            return errno == ENOENT ? .folder("the folder \(folder) does not exist") : nil
        }
        return about.st_mode & S_IFMT == S_IFDIR ? nil : .folder("\(folder) is a file, not a folder")
    }

    private static func folder(of path: String) -> String {
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return parent.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parent
    }

    /// What `path` holds, after checking that it is a private regular file.
    static func read(at path: String, atMost limit: Int) throws(VaultError) -> Secret {
        let file = try Descriptor(opening: path, flags: O_RDONLY)
        try Privacy.file.check(file, path: path)
        return try read(file, path: path, atMost: limit)
    }

    /// What a file holds that is trusted already.
    static func read(_ file: borrowing Descriptor, path: String, atMost limit: Int) throws(VaultError) -> Secret {
        let number = file.number
        let size = try Int(file.status().st_size)
        guard size <= limit else {
            throw .insecure(path: path, "is too large (\(size) bytes)", fix: "name the right file")
        }
        var failure: Int32 = 0
        var total = 0
        let whole = Secret(count: size) { bytes in
            while total < size {
                let count = Glibc.read(number, bytes.baseAddress! + total, size - total)
                if count < 0, errno == EINTR { continue }
                if count < 0 { failure = errno }
                if count <= 0 { break }
                total += count
            }
        }
        guard failure == 0, total == size else { throw .system("reading \(path)", code: failure == 0 ? EIO : failure) }
        return whole
    }

    /// Makes the creation or removal of `path` itself durable.
    static func syncDirectory(of path: String) throws(VaultError) {
        let directory = folder(of: path)
        // A link above the file is the user's own arrangement.
        let number = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw .opening(directory, errno) }
        defer { close(number) }
        guard fsync(number) == 0 || errno == EINVAL else { throw .system("writing to the disk", code: errno) }
    }

    private static func write(_ content: Secret, to file: borrowing Descriptor, path: String) throws(VaultError) {
        let number = file.number
        let failure = content.withUnsafeBytes { zosh_write_all(number, $0.baseAddress, $0.count) }
        guard failure == 0 else { throw .opening(path, failure) }
    }
}
