internal import ZoshKit

/// The files a journaled run reads; the journal remembers what was in them.
struct WatchedFiles: FileReading {
    let files: any FileReading
    let journal: RunJournal

    func rows(at path: String, _ options: FileOptions) async throws -> RowStream {
        await watch(path)
        return try await files.rows(at: path, options)
    }

    func values(at path: String, columns: [String], _ options: FileOptions) async throws -> [String] {
        await watch(path)
        return try await files.values(at: path, columns: columns, options)
    }

    func text(at path: String, _ options: FileOptions) async throws -> String {
        await watch(path)
        return try await files.text(at: path, options)
    }

    func check(_ path: String) throws { try files.check(path) }

    func isRegular(_ path: String) -> Bool { files.isRegular(path) }

    func digest(at path: String) async -> String? { await files.digest(at: path) }

    private func watch(_ path: String) async {
        await journal.read(path) { await files.digest(at: path) }
    }
}

extension RunJournal {
    /// What to say about files that are not what an earlier attempt read.
    func notesOnFiles(_ files: any FileReading) async -> [String] {
        var notes: [String] = []
        for (path, digest) in filesBefore.sorted(by: { $0.key < $1.key }) where await files.digest(at: path) != digest {
            notes.append(
                "\(path) has changed since the run read it: lines already begun use the old content, later lines "
                    + "the new")
        }
        return notes
    }
}
