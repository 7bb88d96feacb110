public import ZoshKit

/// Where runs of scripts keep what they are about to do and what became of it, so that a run that died can go on.
///
/// Implemented over the sealed store; what a header or an entry means is this room's business alone.
public protocol JournalStore: Sendable {
    /// Whether another process finds what is kept here, so that a person can be told to go on later.
    var outlastsProcess: Bool { get }

    /// Starts a run, which this process holds until `release`.
    /// - Returns: what the run is called from now on.
    func begin(_ header: Row) async throws -> String

    func setHeader(_ header: Row, of run: String) async throws

    /// Appends in order; all of it is on the disk when this returns.
    func append(_ entries: [Row], to run: String) async throws

    /// Every run kept, in no particular order.
    func runs() async throws -> [StoredRun]

    /// What was appended to a run, oldest first.
    func entries(of run: String) async throws -> [Row]

    /// Takes a run over.
    /// - Throws: `ZoshError.refused` while another process holds it.
    func claim(_ run: String) async throws

    func release(_ run: String) async
}

extension JournalStore {
    public var outlastsProcess: Bool { true }
}

/// A run as it is listed.
public struct StoredRun: Sendable {
    public let id: String
    public let header: Row

    public init(id: String, header: Row) {
        self.id = id
        self.header = header
    }
}
