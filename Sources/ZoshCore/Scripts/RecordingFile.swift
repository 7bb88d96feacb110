internal import CLinux
internal import Glibc
internal import ZoshKit

/// The file a recording goes to, line by line: what was written survives whatever happens to the shell.
struct RecordingFile {
    let name: String
    private let path: String
    /// Whether there was none before.
    private let isNew: Bool
    private let descriptor: CInt

    /// Readable by its owner only, since it names people.
    init(_ name: String, replacing: Bool) throws {
        self.name = name
        isNew = !replacing
        path = FilePath.resolved(name)
        descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (replacing ? O_TRUNC : O_EXCL), 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw ZoshError(
                    .usage, "the file '\(name)' exists", remedy: "choose another name, or add --force to replace it")
            }
            throw OpenFile.notMade(name, errno)
        }
    }

    func append(_ text: String) throws {
        let bytes = Array((text + "\n").utf8)
        let failure = zosh_write_all(descriptor, bytes, bytes.count)
        guard failure == 0 else { throw OpenFile.error(name, failure) }
    }

    /// Gives up a file to which nothing could be written; one made for it is removed.
    func discard() {
        close(descriptor)
        if isNew { unlink(path) }
    }

    func end() throws {
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw OpenFile.error(name, errno) }
    }
}
