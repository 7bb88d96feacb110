/// A remedy that is a line to be run on the connection where the error happened: `users find robin`.
package struct PlacedRemedy: Sendable, Hashable {
    /// What stands before the line: "3 users match: "; the whole remedy where there is no line.
    private let reason: String
    private let line: String?

    package init(_ reason: String = "", line: String?) {
        self.reason = reason
        self.line = line
    }

    /// Whether nothing is known but where to look.
    package var isLineAlone: Bool { reason.isEmpty }

    /// - Parameter connections: as `on` takes them; nil for the current one.
    package func text(on connections: String?) -> String {
        guard let line else { return reason }
        return reason + (connections.map { "on \($0) " } ?? "") + line
    }
}
