/// Anything that changes something: a record at Zoho (`Change`), jobs (`JobChange`), or what else zosh keeps.
///
/// For example `try await shell.changes.apply(effects, for: call)`, where `effects` is `[any Effect]`.
public protocol Effect: Sendable {
    var target: EffectTarget { get }
    /// What happens to the target: "deactivate", "rename".
    var action: String { get }
    /// What a row calls the target.
    var label: String { get }
    var blast: BlastClass { get }
    /// The values it sets, for people to read.
    var shown: Row { get }
}

extension Effect {
    /// Whether it changes something in the organisation, not only what zosh keeps.
    package var reachesZoho: Bool { self is Change }
}

/// What an effect hits, without what was seen of it: brakes count these, and two effects on one are compared.
///
/// For example `EffectTarget(noun: "users", name: "4150868000000225013")`.
public struct EffectTarget: Sendable, Hashable {
    /// In a sentence: `user`, `new user`, `connection`.
    public let noun: String
    /// Empty when there is only one of its kind, as with the sealed store.
    public let name: String
    public let within: [String: String]

    public init(noun: String, name: String, within: [String: String] = [:]) {
        self.noun = noun
        self.name = name
        self.within = within
    }
}
