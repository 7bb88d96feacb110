public import ZoshKit

/// How many people an organisation has, and who administrates it: what the brakes measure changes by.
public protocol PopulationReader: Sendable {
    /// How many records a list at Zoho has.
    func count(_ resource: Resource, _ query: ListQuery) async throws -> Int

    /// The ids of a list at Zoho.
    func ids(_ resource: Resource, _ query: ListQuery) async throws -> Set<String>
}
