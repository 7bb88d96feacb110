public import ZoshKit

/// The formats rows can leave in; `--format` and `set format` take these words.
public enum OutputFormat: String, Sendable, CaseIterable {
    case table, json, ndjson, csv, tsv, yaml, ids

    /// Whether it is read by programs that take errors as JSON, too.
    public var isJSON: Bool { self == .json || self == .ndjson }
}

/// What a renderer needs to know about where its bytes go.
public struct OutputTarget: Sendable, Hashable {
    /// Text is neutralised for terminals and left exact everywhere else.
    public var isTerminal: Bool
    /// Columns of the terminal; ignored elsewhere.
    public var width: Int
    public var colour: Bool
    /// Whether box drawing and ellipses may be used; plain ASCII else.
    public var utf8: Bool
    /// Whether a table says how many rows it has: for a person, never for a program.
    public var countsRows = false

    public init(isTerminal: Bool, width: Int = 80, colour: Bool = false, utf8: Bool = true) {
        self.isTerminal = isTerminal
        self.width = width
        self.colour = colour
        self.utf8 = utf8
    }
}

/// Where rendered bytes go: standard output, a file, a test's buffer.
public protocol ByteSink: Sendable {
    /// Writes all bytes or throws; a closed pipe is `ZoshError` of kind `.readerLeft`.
    func write(_ bytes: [UInt8]) async throws
}

/// Turns rows into bytes, one file per format. It fetches nothing and decides nothing.
public protocol Renderer: Sendable {
    /// Pulls the stream to its end, writing as pages arrive.
    func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws
}
