internal import ZoshKit

/// What hears of each line that was run, to write it down.
protocol LineListener: Actor {
    /// What the lines are written into.
    var name: String { get }

    /// - Parameter progress: what the reads count in that it takes.
    func keep(_ text: String, _ ran: RanLine, progress: ProgressMeter) async

    /// Closes what was written.
    /// - Returns: what it came to.
    func end() throws -> RowStream
}

/// How a line went.
struct RanLine: Sendable {
    let status: ExitStatus
    /// Whether the listener was there before the line began, and no other connection was chosen in it.
    let isWhole: Bool
    let keepsConnection: Bool
}
