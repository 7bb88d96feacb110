public import ZoshKit

/// Files as the language sees them: `@people.csv`, `open`, `join`, scripts. `-` is standard input.
public protocol FileReading: RowFiles {
    /// One value per line of a plain file; of a file with columns, the first of `columns` it has.
    func values(at path: String, columns: [String], _ options: FileOptions) async throws -> [String]
    /// The whole file as UTF-8 text.
    func text(at path: String, _ options: FileOptions) async throws -> String
    /// What tells the file from itself before an edit; nil where there is nothing that stays (a pipe), or nothing at
    /// all.
    func digest(at path: String) async -> String?
    /// - Throws: when there is no file to read at a path.
    func check(_ path: String) throws
    /// Whether there is a file at a path that can be read twice, which a pipe cannot.
    func isRegular(_ path: String) -> Bool
}

extension FileReading {
    public func isRegular(_ path: String) -> Bool {
        do { try check(path) } catch { return false }
        return path != "-"
    }

    /// The text of a script, which is UTF-8 unless a mark says otherwise.
    public func text(at path: String) async throws -> String {
        try await text(at: path, FileOptions(takesEncoding: false))
    }

    public func values(at path: String, columns: [String]) async throws -> [String] {
        try await values(at: path, columns: columns, FileOptions())
    }
}
