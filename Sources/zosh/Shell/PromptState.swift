import LineEditor
import Synchronization
import ZoshCore
import ZoshKit

/// What the prompt shows, kept in memory so that drawing it never waits.
final class PromptState: Sendable {
    struct Content: Sendable, Equatable {
        /// Nil until the store was looked at.
        var isKnown = false
        var connection: ConnectionSummary?
        /// All there are, for completion.
        var connections: [ConnectionSummary] = []
        var isLocked = false
        var readOnly = false
        var dryRun = false
        /// Whether the last line failed.
        var failed = false
    }

    private let content = Mutex(Content())
    private let isUTF8: Bool

    init(isUTF8: Bool) { self.isUTF8 = isUTF8 }

    var current: Content { content.withLock { $0 } }

    func show(_ new: Content) { content.withLock { $0 = new } }

    /// `acme eu>`, with `#` where production can be written; `zosh …>` until identity is known.
    func prompt(columns: Int) -> Prompt {
        let now = current
        // A third of the width is the line's by right; two cells go to the mark and the space.
        let room = max(6, columns / 3 - 2)
        guard let connection = now.connection else {
            let state = now.isKnown ? (now.isLocked ? " (locked)" : "") : (isUTF8 ? " …" : " ...")
            return Prompt([Prompt.Span("zosh\(state)"), Prompt.Span(now.failed ? "!" : ""), Prompt.Span("> ")].filter { !$0.text.isEmpty })
        }
        let canWrite = !now.readOnly && !now.dryRun && !connection.readOnly
        var marks = ""
        if now.dryRun { marks += " dry-run" }
        if now.readOnly || connection.readOnly { marks += " read-only" }
        if connection.environment != .production { marks += " \(connection.environment.rawValue)" }
        let tail = " \(connection.dataCentre)\(marks)"
        let name = connection.name.neutralised.truncated(to: max(3, room - DisplayWidth.of(tail)), ellipsis: isUTF8 ? "…" : "...")
        let mark = canWrite && connection.environment == .production ? "# " : "> "
        return Prompt([
            Prompt.Span(name, .bold), Prompt.Span(tail),
            Prompt.Span(now.failed ? "!" : "", TextStyle(color: .red)), Prompt.Span(mark),
        ].filter { !$0.text.isEmpty })
    }
}
