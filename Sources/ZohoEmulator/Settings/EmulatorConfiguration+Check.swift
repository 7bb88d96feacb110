/// What a configuration may ask for: enough for any test, and never so much that a sum of it leaves the range of an
/// integer.
extension EmulatorConfiguration {
    static let mostUsers = 10_000_000
    /// Identifiers of one organisation lie a million million apart.
    static let mostOrganisations = 2000
    static let mostDataCentres = 8
    /// Milliseconds.
    static let longestLatency = 3_600_000

    func check() throws {
        guard (1...Self.mostDataCentres).contains(dataCentres.count) else {
            throw EmulatorError("At least one data centre is needed, and at most \(Self.mostDataCentres).")
        }
        guard users > 0 else { throw EmulatorError("At least one user is needed: the caller.") }
        guard users <= Self.mostUsers else { throw EmulatorError("At most \(Self.mostUsers) users are possible.") }
        guard (0...Self.mostOrganisations).contains(orgs) else {
            throw EmulatorError("At most \(Self.mostOrganisations) organisations are possible.")
        }
        guard (0...Self.longestLatency).contains(latency) else {
            throw EmulatorError("A latency is at most \(Self.longestLatency) milliseconds.")
        }
        guard (0...65_535).contains(port) else { throw EmulatorError("A port is between 0 and 65535.") }
        guard credits ?? 1 <= Int32.max, concurrency ?? 1 <= Int32.max else {
            throw EmulatorError("Limits of credits and calls are at most \(Int32.max).")
        }
    }
}
