internal import Synchronization
internal import ZoshKit

/// Decides which results of a text stand under a heading: one of several says which command it answers.
///
/// The first result of a typed line stands right below that line and needs none; in a script it has one where more
/// may follow. What the texts show that a line runs inside one another counts together.
final class ResultHeadings: Sendable {
    private let shown = Mutex(0)

    /// The heading of the next result; nil when it needs none.
    /// - Parameter isOneOfSeveral: whether it comes from a script that can show several.
    func next(_ pipeline: String, isOneOfSeveral: Bool) -> String? {
        let before = shown.withLock { shown in
            defer { shown += 1 }
            return shown
        }
        return before > 0 || isOneOfSeveral ? pipeline : nil
    }
}

extension [PlannedLine] {
    /// Whether these lines can show more than one result.
    var canShowSeveral: Bool {
        lazy.flatMap(\.statements).filter(\.canShow).dropFirst().first != nil
    }
}

extension PlannedStatement {
    fileprivate var canShow: Bool {
        guard case .run(let pipeline) = action else { return false }
        return !pipeline.stages.allSatisfy(\.choosesConnection)
    }
}
