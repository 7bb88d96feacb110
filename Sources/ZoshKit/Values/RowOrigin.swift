/// Where a row was read: a file, and the line it begins in.
///
/// For example `users.csv:3`.
public struct RowOrigin: Sendable, Hashable, CustomStringConvertible {
    public let file: String
    /// From 1.
    public let line: Int
    /// The line of the file's headings, where it has some.
    public let headingLine: Int?

    public init(file: String, line: Int, headingLine: Int? = nil) {
        self.file = file
        self.line = line
        self.headingLine = headingLine
    }

    public var description: String { "\(file):\(line)" }
}
