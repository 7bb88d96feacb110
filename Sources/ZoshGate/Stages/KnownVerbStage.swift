internal import ZoshKit

/// Refuses a verb that the resource table does not have for a noun, and a noun that says of itself what the table does
/// not: nobody else chooses a path, or how bad a mistake would be.
struct KnownVerbStage {
    let nouns: [Resource]

    func check(_ effects: [any Effect], at span: Span) throws {
        var known: [Resource: [Verb: Write]] = [:]
        for noun in nouns { known[noun] = noun.writes }
        for case let change as Change in effects {
            guard let write = change.write, known[change.resource]?[change.verb] == write else {
                throw ZoshError(.refused, "zosh cannot \(change.verb.name) \(change.resource.name)", at: span)
            }
        }
    }
}
