/// A condition that rows have passed and that would have been refused before a write: rows that a variable keeps take
/// it along, so that a later line that changes them is refused as well.
///
/// For example `where city == Lonodn` when no row has that city.
public struct Doubt: Sendable, Hashable {
    /// What is doubtful: `no row has the city 'Atlantis', so this condition excludes no rows`.
    public let problem: String
    /// Whether the value is surely misspelt. What is merely absent may be meant.
    public let isSlip: Bool
    /// The field that is compared, in the name that a write has for it.
    public let field: String?

    public init(_ problem: String, isSlip: Bool, field: String?) {
        self.problem = problem
        self.isSlip = isSlip
        self.field = field
    }
}
