/// What all processes of this machine share about one organisation's limits: slots for open requests, and the day's
/// credits. Zoho counts per organisation and application, not per process.
public protocol OrganizationShare: Sendable {
    /// A slot among `limit`, freed with the lease; nil when all are taken now.
    func acquire(among limit: Int) -> (any Sendable)?
    /// One call was made.
    func recordCall()
    /// What Zoho said remains of the day (`X-API-CREDITS-REMAINING`).
    func recordRemaining(_ remaining: Int)
}
