/// What decides whether a person belongs to a listing, without rendering the person.
///
/// Filters run over a million people on every page, so this is a handful of numbers. Invariant:
/// rendering a person and reading these back gives equal values.
struct Traits: Sendable, Equatable {
    enum Status: String, Sendable {
        case active, disabled, deleted, closed
        case dormant = "disabled dormant"
    }

    var status: Status
    var confirmed: Bool
    var administrator: Bool
    /// Identifier of the role, 0 when the record names none.
    var role: Int
    /// Seconds since 1970 of the last modification.
    var modified: Int
    /// Value of `type__s`.
    var kind: String
}
