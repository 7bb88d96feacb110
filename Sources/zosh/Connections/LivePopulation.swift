import ZoshGate
import ZoshKit

/// How many people an organisation has now, as Zoho says it.
struct LivePopulation: PopulationReader {
    let zoho: any ZohoService

    func count(_ resource: Resource, _ query: ListQuery) async throws -> Int { try await zoho.count(resource, query) }

    func free(_ resource: Resource, for connection: ConnectionSummary) async -> Int? {
        resource == .users ? await FreeLicences.count(zoho, connection) : nil
    }

    func ids(_ resource: Resource, _ query: ListQuery) async throws -> Set<String> {
        Set(try await zoho.list(resource, query).collect().compactMap { $0.string("id") })
    }
}
