/// Where rows go that one command must hold and memory should not: sealed, and gone with the process.
public protocol SpillStore: Sendable {
    func make() throws -> any Spill
}

/// The overflow of one command.
public protocol Spill: Sendable {
    /// - Returns: the number to read the chunk by.
    /// - Throws: `ZoshError` when no space is left.
    func append(_ chunk: [UInt8]) throws -> Int
    func read(_ number: Int) throws -> [UInt8]
}

/// How much of what a stage must hold may lie in memory, and where the rest goes.
struct Holding: Sendable {
    /// Nil: everything stays in memory.
    var spills: (any SpillStore)?
    /// Bytes.
    var budget = 128 << 20
}
