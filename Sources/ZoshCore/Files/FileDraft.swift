internal import CLinux
internal import Glibc
internal import ZoshKit

/// A file being written beside its final place, which it takes whole or not at all.
///
/// Invariant: until `commit` the file of that name is untouched, and after `discard` nothing is left behind. New
/// files are readable by their owner only, since they hold people; a replaced file keeps its mode.
actor FileDraft: ByteSink {
    enum Mode { case create, replace, append }

    private let name: String
    private let path: String
    private let draft: String
    private let mode: Mode
    private let descriptor: Int32
    private var isOver = false

    /// - Throws: `ZoshError.usage` when the file exists and neither replacing nor appending was asked for.
    init(_ name: String, _ mode: Mode) throws {
        self.name = name
        self.mode = mode
        // A link is followed, so that the file it names is replaced and not the link.
        let resolved = FilePath.resolved(name)
        let target = realpath(resolved, nil)
        path = target.map { String(cString: $0) } ?? resolved
        free(target)
        var info = stat()
        let exists = stat(path, &info) == 0
        if exists, mode == .create { throw Self.taken(name) }
        if exists, info.st_mode & S_IFMT != S_IFREG { throw ZoshError(.local, "'\(name)' is not a regular file") }
        let folder = path.contains("/") ? String(path[...(path.lastIndex(of: "/") ?? path.startIndex)]) : ""
        let base = path.dropFirst(folder.count)
        draft = folder + "." + base + "." + String(UInt64.random(in: .min ... .max), radix: 36) + ".part"
        descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw OpenFile.notMade(name, in: folder, errno) }
        // A umask may have taken the owner's own rights.
        fchmod(descriptor, exists ? info.st_mode & 0o777 : 0o600)
        if mode == .append, exists { try Self.copy(path, to: descriptor, draft: draft) }
    }

    func write(_ bytes: [UInt8]) throws { try Self.write(bytes, to: descriptor, name) }

    /// Makes what was written the file of that name, durably.
    func commit() throws {
        guard !isOver else { return }
        guard fsync(descriptor) == 0 else { throw OpenFile.error(name, errno) }
        if mode == .create {
            // Unlike rename, link fails when the file was made meanwhile; file systems without links get rename.
            if link(draft, path) == 0 {
                unlink(draft)
            } else if errno == EEXIST {
                throw Self.taken(name)
            } else if rename(draft, path) != 0 {
                throw OpenFile.error(name, errno)
            }
        } else if rename(draft, path) != 0 {
            throw OpenFile.error(name, errno)
        }
        isOver = true
        close(descriptor)
        syncFolder()
    }

    func discard() {
        guard !isOver else { return }
        isOver = true
        close(descriptor)
        unlink(draft)
    }

    /// The new name itself must survive a power cut.
    private func syncFolder() {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { return }
        fsync(handle)
        close(handle)
    }

    private static func copy(_ path: String, to descriptor: Int32, draft: String) throws {
        do {
            let file = try OpenFile(path)
            var last: UInt8?
            while case let chunk = try file.read(), !chunk.isEmpty {
                try write(chunk, to: descriptor, path)
                last = chunk.last
            }
            // A last line without its end would swallow the first row appended.
            if let last, last != UInt8(ascii: "\n") { try write([UInt8(ascii: "\n")], to: descriptor, path) }
        } catch {
            close(descriptor)
            unlink(draft)
            throw error
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ name: String) throws {
        let failure = zosh_write_all(descriptor, bytes, bytes.count)
        guard failure == 0 else { throw OpenFile.error(name, failure) }
    }

    private static func taken(_ name: String) -> ZoshError {
        ZoshError(.usage, "the file '\(name)' exists", remedy: "add --force to replace it or --append to add to it")
    }
}
