internal import ZoshKit

/// Refuses more invitations than there are licences, before the first one leaves: Zoho refuses them one by one, when
/// half of a team has its invitation already.
enum LicenceStage {
    /// One invitation alone is left to Zoho, which says the same at the price of no further call. The rows of a loop
    /// are counted with its first one.
    static func check(
        _ planned: [PlannedChange], _ session: SessionSnapshot, _ population: (any PopulationReader)?,
        _ line: LineTally?, at span: Span
    ) async throws {
        let own = planned.filter { $0.settled == nil && $0.original == nil }.compactMap(\.change).filter(invites)
        guard let resource = own.first?.resource, let population, let connection = session.connection else { return }
        var invited = Set(own.map(\.target))
        let ahead = (line?.announced(on: connection.name) ?? []).filter(invites)
        if line?.isFirst(.licencesAhead(ahead.count, connection: connection.name)) == true {
            invited.formUnion(ahead.map(\.target))
        }
        guard invited.count > 1, let free = await population.free(resource, for: connection), free < invited.count
        else { return }
        throw ZoshError(
            .refused,
            "\(invited.count) invitations, \(free) free licence\(free == 1 ? "" : "s")",
            consequence: ZoshError.nothingChanged, at: span,
            remedy: "deactivate users who need none, or buy licences in Zoho", code: "LICENSE_LIMIT_EXCEEDED")
    }

    /// A new user; a person who has the address already is reported as such.
    private static func invites(_ change: Change) -> Bool {
        change.write?.result == .newcomer && change.resource.population != nil && change.holder == nil
    }
}
