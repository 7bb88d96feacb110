/// Files as rows: what `open FILE`, `@FILE` and every `--from FILE` read.
///
/// For example `try await shell.files.rows(at: "joiners.csv").collect()`.
public protocol RowFiles: Sendable {
    /// The rows of a file, its format known by the extension and its content.
    /// - Throws: `ZoshError` naming file and line.
    func rows(at path: String, _ options: FileOptions) async throws -> RowStream
}

extension RowFiles {
    public func rows(at path: String) async throws -> RowStream { try await rows(at: path, FileOptions()) }
}

/// What a file does not say itself and the person adds.
///
/// For example `FileOptions(format: "csv")` for a file without an extension.
public struct FileOptions: Sendable, Hashable {
    /// `csv`, `json`, …, whatever its name.
    public var format: String?
    /// How its bytes mean characters, when that is not UTF-8 and no mark says it.
    public var encoding: TextEncoding?
    /// Whether the command that names the file has `--format`, so that an error may tell the person to add it.
    public var takesFormat: Bool
    /// Whether the command that names the file has `--encoding`, so that an error may tell the person to add it.
    public var takesEncoding: Bool

    public init(
        format: String? = nil, encoding: TextEncoding? = nil, takesFormat: Bool = false, takesEncoding: Bool = true
    ) {
        self.format = format
        self.takesFormat = takesFormat
        self.encoding = encoding
        self.takesEncoding = takesEncoding
    }

    /// Of every command that names files.
    public static let encodingOption = Option(
        "encoding", .choice(TextEncoding.self), "How a file that is not UTF-8 is written, like windows-1252")
}
