/// What `verify` found in a store.
public struct Verification: Sendable, Equatable {
    /// Everything that opened: records, log entries and blocks.
    public internal(set) var intact: [RecordKind: Int] = [:]
    /// What did not, one sentence fragment each.
    public internal(set) var problems: [String] = []
    public let generation: Int64
    public let epoch: Int64

    public var isIntact: Bool { problems.isEmpty }
}
