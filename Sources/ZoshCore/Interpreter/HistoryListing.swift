/// Earlier lines of this person, for the `history` commands.
public protocol HistoryListing: Sendable {
    /// The latest lines, oldest first.
    func recent(_ count: Int) async throws -> [EarlierLine]
    /// The lines of these numbers that are remembered, oldest first.
    func lines(_ numbers: ClosedRange<Int>) async throws -> [EarlierLine]
}

/// A line typed before.
public struct EarlierLine: Sendable, Hashable {
    /// From 1.
    public let number: Int
    public let line: String
    /// The connection it was typed on.
    public let context: String?

    public init(number: Int, line: String, context: String?) {
        self.number = number
        self.line = line
        self.context = context
    }
}
