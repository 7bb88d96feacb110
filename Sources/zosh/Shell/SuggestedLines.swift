import Synchronization
import ZoshCore

/// Which earlier lines the editor may suggest: never one that would change something unasked, never one that failed.
///
/// A suggestion is taken with one key, often before it is read to its end.
final class SuggestedLines: Sendable {
    /// Failed lines remembered; a session has fewer.
    private static let most = 1000

    private let failed = Mutex<[String]>([])

    /// Takes over what earlier sessions noted.
    func restore(failed lines: [String]) { failed.withLock { $0 = (lines.suffix(Self.most) + $0).map(Self.trimmed) } }

    /// Notes how a line ended. One that went well later may be suggested again.
    func note(_ line: String, failed hasFailed: Bool) {
        let line = Self.trimmed(line)
        failed.withLock { lines in
            lines.removeAll { $0 == line }
            if hasFailed { lines.append(line) }
            if lines.count > Self.most { lines.removeFirst() }
        }
    }

    /// - Parameter aliases: the session's: what they stand for may answer questions, too.
    func allow(_ line: String, aliases: [String: String]) -> Bool {
        if LineFlags.answersQuestions(line) { return false }
        let asks = aliases.values.contains(where: LineFlags.answersQuestions)
        if asks, aliases.contains(where: { LineFlags.names($0.key, in: line) && LineFlags.answersQuestions($0.value) })
        {
            return false
        }
        let line = Self.trimmed(line)
        return !failed.withLock { $0.contains(line) }
    }

    private static func trimmed(_ line: String) -> String {
        var text = line[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
