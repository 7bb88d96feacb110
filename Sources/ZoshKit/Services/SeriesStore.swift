/// Numbered things that grow while they are open and never change afterwards: jobs for the gate, runs for the
/// interpreter. Implemented over the sealed store; what a header or an entry means is its owner's business alone.
package protocol SeriesStore: Sendable {
    /// Whether another process finds what is kept here, so that a message can offer to continue later.
    var outlastsProcess: Bool { get }

    /// Starts one, which this process holds until `release` or `finish`.
    /// - Returns: its number, one more than that of the one before.
    func begin(_ header: Row) async throws -> Int

    /// Replaces the header of one that is open.
    func setHeader(_ header: Row, of number: Int) async throws

    /// Appends in order; all of it is on the disk when this returns.
    func append(_ entries: [Row], to number: Int) async throws

    /// Closes one for ever.
    func finish(_ number: Int, _ header: Row) async throws

    /// Removes one that is open, with all that was appended to it.
    func discard(_ number: Int) async throws

    /// Those that were never finished, the oldest first.
    func open() async throws -> [StoredItem]

    /// The latest ones, open or not, the newest first.
    /// - Parameter before: only those with a lower number.
    func latest(_ count: Int, before: Int?) async throws -> [StoredItem]

    /// Nil when there is no such number, or not any more.
    func item(_ number: Int) async throws -> StoredItem?

    /// What was appended to one, oldest first.
    func entries(of number: Int) async throws -> [Row]

    /// Takes one over.
    /// - Throws: `ZoshError.refused` while another process holds it.
    func claim(_ number: Int) async throws

    func release(_ number: Int) async

    /// Waits until no other holder of a turn, in whichever process, has one.
    /// - Returns: ends the turn.
    func takeTurn() async throws -> @Sendable () -> Void

    /// Whether a process is at it, this one included.
    func isHeld(_ number: Int) async -> Bool

    /// Removes finished ones, from the oldest on, while there are more than `most` or they are old.
    /// - Returns: how many.
    func prune(keeping most: Int, where isOld: @escaping @Sendable (Row) -> Bool) async throws -> Int
}

/// One of a series as it is listed.
package struct StoredItem: Sendable {
    package let number: Int
    package let header: Row
    package let isFinished: Bool

    package init(_ number: Int, _ header: Row, isFinished: Bool) {
        self.number = number
        self.header = header
        self.isFinished = isFinished
    }
}
