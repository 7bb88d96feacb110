import ZoshCore
import ZoshKit

/// What a write in the shell shows: nothing but progress while it runs, then every row where they fit the screen, else
/// a summary and what went wrong.
///
/// Rows that are paged while they are made would keep the person in a pager, with the progress out of sight and Ctrl-C
/// in other hands.
struct ChangeResults {
    /// Rows of the screen.
    let height: Int

    struct Shown {
        /// The rows to show; nil when every one of them went well and there are too many.
        var rows: RowStream?
        /// A sentence in place of the rows left out.
        var summary: String?
        let outcome: RowOutcome
        /// What ended the changes early, reported once the rows are shown.
        var failure: (any Error)?
    }

    /// Makes all the changes, and returns what of their reports is worth showing.
    func shown(of stream: RowStream) async -> Shown {
        var columns = stream.columns
        var rows: [Row] = []
        var failure: (any Error)?
        do {
            while let batch = try await stream.next() {
                if rows.isEmpty {
                    columns = stream.columns(with: batch)
                    columns.showing = stream.columns.showing
                }
                rows += batch.rows
            }
        } catch {
            failure = error
        }
        let outcome = await stream.outcome()
        var shown = Shown(rows: RowStream(columns, rows: rows, outcome: outcome), outcome: outcome, failure: failure)
        if failure != nil, rows.isEmpty { shown.rows = nil }
        // A header and the lines below the table take their place.
        guard rows.count > max(1, height - 4), !outcome.changes.isEmpty, rows.contains(where: { $0["outcome"] != nil })
        else { return shown }
        // What was not begun is counted: it has nothing to say.
        let unfinished = rows.filter { row in
            let outcome = row["outcome"]?.text ?? ""
            return ChangeCounts.isFailure(outcome) && outcome != ChangeCounts.notStarted
        }
        shown.rows = unfinished.isEmpty ? nil : RowStream(columns, rows: unfinished, outcome: outcome)
        // The count of a failure is said with what else is said at the end.
        let count = outcome.failed == 0 ? ChangeCounts.sentence(outcome.changes) + "  " : ""
        shown.summary = "\(count)(all \(rows.count) rows: $last)"
        return shown
    }
}

/// How a line's changes ended, counted: "30 done, 170 not started".
enum ChangeCounts {
    static let notStarted = "not started"
    private static let order = ["done", "planned", "unchanged", "refused", "failed", "unverified", notStarted]

    static func sentence(_ changes: [String: Int]) -> String {
        let known = order.filter { changes[$0, default: 0] > 0 }
        let others = changes.keys.filter { !order.contains($0) && changes[$0, default: 0] > 0 }.sorted()
        return (known + others).map { "\(changes[$0, default: 0]) \($0)" }.joined(separator: ", ")
    }

    static func isFailure(_ outcome: String) -> Bool {
        ["refused", "failed", "unverified", notStarted].contains(outcome)
    }
}
