public import ZoshKit

/// How many people an organisation has, and who administrates it: what the brakes measure changes by.
public protocol PopulationReader: Sendable {
    /// How many records a list at Zoho has.
    func count(_ resource: Resource, _ query: ListQuery) async throws -> Int

    /// How many more of a noun a connection's organisation may have; nil where that cannot be known: no such right, an
    /// older organisation.
    func free(_ resource: Resource, for connection: ConnectionSummary) async -> Int?

    /// The ids of a list at Zoho.
    func ids(_ resource: Resource, _ query: ListQuery) async throws -> Set<String>
}
