internal import CLinux
internal import Glibc

/// The directory of one store and the names of what lies in it.
///
/// Invariant: nothing in it is opened before `check` found the directory a real
/// one (no link), ours, closed to others and on a local file system.
struct StoreDirectory: Sendable {
    let path: String
    /// Why nothing there may be read or written; nil when it may.
    private let refusal: VaultError?

    init(path: String, refusal: VaultError? = nil) {
        self.refusal = refusal
        // With a slash at its end a link would be followed.
        var trimmed = path[...]
        while trimmed.count > 1, trimmed.last == "/" { trimmed = trimmed.dropLast() }
        self.path = String(trimmed)
    }

    var database: String { path + "/store.db" }
    /// The database and what SQLite keeps beside it.
    var storeFiles: [String] { ["", "-wal", "-shm", "-journal"].map { database + $0 } }
    var locks: String { path + "/locks" }
    var derivationLock: String { locks + "/derivation.lock" }

    func lock(for id: RecordID) -> String { "\(locks)/\(id).lock" }

    /// False when there is no such directory; throws when it must not be used.
    func check() throws(VaultError) -> Bool {
        if let refusal { throw refusal }
        do throws(VaultError) {
            let directory = try Descriptor(opening: path, flags: O_RDONLY | O_DIRECTORY)
            try Privacy.directory.check(directory, path: path)
            if let kind = zosh_network_filesystem(directory.number) {
                throw .networkFileSystem(path: path, kind: String(cString: kind))
            }
            return true
        } catch .system(_, ENOENT) {
            return false
        } catch .system(_, ENOTDIR) {
            throw try refusalOfNonDirectory()
        }
    }

    /// Says at once that nothing can be written, before SQLite finds out in the middle of something.
    func checkWritable() throws(VaultError) {
        for path in [path, database] where access(path, W_OK) != 0 && [EROFS, EACCES].contains(errno) {
            throw .readOnly(path: path)
        }
    }

    /// Bytes of the database and its companions on the disk.
    var byteCount: Int64 {
        storeFiles.reduce(0) { sum, file in
            var about = stat()
            return lstat(file, &about) == 0 ? sum + Int64(about.st_size) : sum
        }
    }

    /// What a login session keeps to open the store again.
    func session(_ name: String) -> String { "\(path)/session-\(name)" }

    /// Removes session files whose keys the kernel has forgotten by now.
    func removeSessions(olderThan age: Duration) { remove("session-", olderThan: age) }

    private func remove(_ prefix: String, olderThan age: Duration) {
        let oldest = time(nil) - Int(age.components.seconds)
        for file in files(beginningWith: prefix) {
            var about = stat()
            if lstat(file, &about) == 0, about.st_mtim.tv_sec <= oldest { unlink(file) }
        }
    }

    /// Where a store is made, before it gets its name.
    func creation(_ id: RecordID) -> String { "\(path)/creating-\(id).db" }

    /// Removes what creations left that were killed, journals included.
    func removeCreations(olderThan age: Duration) { remove("creating-", olderThan: age) }

    /// What the store was before it was moved to a newer format.
    func backup(of version: Int, generation: Int64) -> String { "\(path)/backup-format-\(version)-\(generation).db" }

    /// Removes backups: the keys that open them may be the ones just removed.
    func removeBackups() {
        for file in files(beginningWith: "backup-format-") { unlink(file) }
    }

    private func files(beginningWith prefix: String) -> [String] {
        guard let listing = opendir(path) else { return [] }
        defer { closedir(listing) }
        var found: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(prefix) { found.append("\(path)/\(name)") }
        }
        return found
    }

    /// Creates what is missing on the way to it with mode 0700 whatever the
    /// umask, then checks it.
    func create() throws(VaultError) {
        if let refusal { throw refusal }
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            try Self.makeDirectory(made)
        }
        guard try check() else { throw .system("creating \(path)", code: ENOENT) }
        try createLocks()
    }

    /// Creates the directory of the lock files, if it is missing.
    func createLocks() throws(VaultError) {
        try Self.makeDirectory(locks)
        // A user who could move a lock file could make two processes refresh at once.
        try Privacy.directory.check(Descriptor(opening: locks, flags: O_RDONLY | O_DIRECTORY), path: locks)
    }

    /// Checks a file of the store, if it exists.
    static func checkFile(_ path: String) throws(VaultError) -> Bool {
        do throws(VaultError) {
            try Privacy.file.check(Descriptor(opening: path, flags: O_RDONLY), path: path)
            return true
        } catch .system(_, ENOENT) {
            return false
        }
    }

    private static func makeDirectory(_ path: String) throws(VaultError) {
        guard mkdir(path, 0o700) == 0 else {
            if errno == EEXIST { return }
            throw .opening(path, errno)
        }
        // A umask may have taken our own rights.
        chmod(path, 0o700)
    }

    /// O_DIRECTORY reports a link as "not a directory": say which it is.
    private func refusalOfNonDirectory() throws(VaultError) -> VaultError {
        var about = stat()
        guard lstat(path, &about) == 0 else { return .system("opening \(path)", code: errno) }
        return about.st_mode & S_IFMT == S_IFLNK
            ? .opening(path, ELOOP) : .insecure(path: path, "is not a directory", fix: "move it away")
    }
}
