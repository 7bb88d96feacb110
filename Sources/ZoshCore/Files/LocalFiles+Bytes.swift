internal import Glibc
internal import ZoshKit

/// Small files as bytes, for what has its own form.
extension LocalFiles {
    /// - Throws: `ZoshError.local` for a file that is larger than `most` bytes, and for what is not a file: a pipe may
    ///   never end, nor give the same bytes twice.
    public func bytes(at path: String, atMost most: Int) throws -> [UInt8] {
        let notFile = ZoshError(.local, "'\(path)' is not a regular file", remedy: "save it to a file first")
        guard path != "-", !OpenFile.isPipe(path) else { throw notFile }
        let file = try OpenFile(path)
        guard file.isRegular else { throw notFile }
        var bytes: [UInt8] = []
        while case let chunk = try file.read(), !chunk.isEmpty {
            bytes += chunk
            guard bytes.count <= most else { throw ZoshError(.local, "'\(path)' is larger than \(most >> 20) MB") }
        }
        return bytes
    }

    /// Writes a new file, or one in the place of another, whole or not at all; only its owner may read a new one.
    public func write(_ bytes: [UInt8], to path: String, replacing: Bool) async throws {
        let draft = try FileDraft(path, replacing ? .replace : .create)
        do {
            try await draft.write(bytes)
            try await draft.commit()
        } catch {
            await draft.discard()
            throw error
        }
    }

    /// - Throws: `ZoshError` when there is something at this path, or nothing can be made there.
    public func checkIsFree(_ path: String) throws {
        guard path != "-" else { throw ZoshError(.usage, "a plan goes to a file, not to standard output") }
        guard access(FilePath.resolved(path), F_OK) != 0 else {
            throw ZoshError(.usage, "the file '\(path)' exists", remedy: "name another file, or remove this one")
        }
        let resolved = FilePath.resolved(path)
        let folder = resolved.lastIndex(of: "/").map { String(resolved[...$0]) } ?? "."
        guard access(folder, W_OK) == 0 else { throw OpenFile.notMade(path, errno) }
    }
}
