internal import ZoshKit

/// Refuses a noun or a verb that the resource table does not have, and takes what is known of the others from the
/// table: nobody else chooses a path, or how bad a mistake would be.
struct KnownVerbStage {
    let nouns: [Resource]

    func checked(_ effects: [any Effect], at span: Span) throws -> [any Effect] {
        let known = Dictionary(uniqueKeysWithValues: nouns.map { ($0.name, $0) })
        return try effects.map { effect in
            guard let change = effect as? Change else { return effect }
            guard let noun = known[change.resource.name], noun.writes[change.verb] != nil else {
                throw ZoshError(.refused, "zosh cannot \(change.verb.name) \(change.resource.name)", at: span)
            }
            return change.with(noun)
        }
    }
}
