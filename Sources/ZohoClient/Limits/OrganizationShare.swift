/// What all processes of this machine share about one organisation's limits: places for open requests, and the day's
/// credits. Zoho counts per organisation and application, not per process.
public protocol OrganizationShare: Sendable {
    /// A place among `limit`, given back when the lease goes; nil when all are taken now.
    func place(among limit: Int) -> (any Sendable)?
    /// One call was made.
    func spend()
    /// What Zoho said remains of the day (`X-API-CREDITS-REMAINING`).
    func note(remaining: Int)
}
