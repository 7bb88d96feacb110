public import ZoshKit

/// Where the result of a line goes: a terminal, a file, a test's buffer.
public protocol ResultSink: Sendable {
    /// Pulls the stream to its end and renders it.
    /// - Returns: the stream's outcome.
    func show(_ stream: RowStream, for call: Call) async throws -> RowOutcome
    /// Prose for standard output: a page of help.
    func show(page: [String]) async throws
    /// What was missing, failed, or is worth a sentence; for standard error.
    func conclude(_ outcome: RowOutcome) async
    /// An error of one statement; others of the same text may still run.
    /// - Parameter source: the text the error's span points into.
    func report(_ error: ZoshError, in source: SourceText) async
    /// Work begins that this meter counts: from now on how far it is may be shown.
    func follow(_ meter: ProgressMeter) async
    /// The same sink, writing rows in this format whatever the session says.
    func writing(_ format: OutputFormat) -> any ResultSink
}

extension ResultSink {
    public func follow(_ meter: ProgressMeter) async {}
    public func writing(_ format: OutputFormat) -> any ResultSink { self }
}

/// Gives each pipeline the world as it is when the pipeline begins. To make a context starts nothing.
public protocol ContextSource: Sendable {
    func context(progress: ProgressMeter) async throws -> ShellContext

    /// The same, knowing whether any stage speaks to Zoho: what needs no connection must not open the store.
    func context(needsConnection: Bool, progress: ProgressMeter) async throws -> ShellContext

    /// The world as one connection sees it, whichever is the current one.
    func context(of connection: String, progress: ProgressMeter) async throws -> ShellContext
}

extension ContextSource {
    public func context(needsConnection: Bool, progress: ProgressMeter) async throws -> ShellContext {
        try await context(progress: progress)
    }
}
