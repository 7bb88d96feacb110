public import ZoshTrust

/// One record of the store, opened.
public struct SealedRecord: Sendable {
    public let kind: RecordKind
    public let id: RecordID
    /// The store's generation when it was last written.
    public let generation: Int64
    /// In locked memory for kinds that hold secrets.
    public let body: Secret
}

/// One entry of a log, opened.
public struct LogEntry: Sendable {
    /// Counts from 0 over the whole life of the log; trimming leaves it as it is.
    public let position: Int64
    public let id: RecordID
    public let body: Secret
}
