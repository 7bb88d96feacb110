internal import ZoshKit

/// Refuses a verb that the resource table does not have for a noun: nothing can be said about what it would do.
enum KnownVerbStage {
    static func check(_ effects: [any Effect], at span: Span) throws {
        for case let change as Change in effects where change.write == nil {
            throw ZoshError(.refused, "zosh cannot \(change.verb.name) \(change.resource.name)", at: span)
        }
    }
}
