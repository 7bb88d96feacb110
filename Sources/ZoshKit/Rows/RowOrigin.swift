/// Where a row was read: a file, and the line it begins in.
public struct RowOrigin: Sendable, Hashable, CustomStringConvertible {
    public let file: String
    /// From 1.
    public let line: Int

    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    public var description: String { "\(file):\(line)" }
}
