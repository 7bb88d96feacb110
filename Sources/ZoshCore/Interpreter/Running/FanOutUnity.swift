internal import ZoshKit

/// Stops all connections of a write together: nothing is changed anywhere unless every row can be.
struct FanOutUnity: Sendable {
    /// What was wrong with rows before any connection was asked.
    var problems = RowProblems()
    let span: Span
    /// Whether the line had changed a user before it came to these rows.
    var isLater = false

    private var ending: String { isLater ? "none of these rows was changed" : ZoshError.nothingChanged }

    /// - Parameter failed: the connections that cannot do their part, and why.
    /// - Throws: all that is wrong, in the order of the rows.
    func check(_ failed: [(name: String, error: ZoshError)]) throws {
        if let stop = failed.first(where: { $0.error.kind == .cancelled }) { throw stop.error }
        var all = problems
        // What several say alike is said once.
        var different: [(error: ZoshError, names: [String])] = []
        for (name, error) in failed {
            if let index = different.firstIndex(where: { $0.error == error }) {
                different[index].names.append(name)
            } else {
                different.append((error, [name]))
            }
        }
        for (error, names) in different { all.add(error, of: names.fewNames) }
        guard !all.isEmpty else { return }
        let kinds = failed.map(\.error.kind)
        let kind = problems.isEmpty ? kinds.first { $0 == .usage } ?? kinds.first : nil
        throw all.error(kind ?? .usage, "cannot be changed", ending: ending, at: span)
    }
}
