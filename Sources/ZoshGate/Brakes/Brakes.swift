internal import ZoshKit

/// What stops a change that is larger than anybody means by accident, or that nobody could take back alone.
///
/// Checked before the question, so that nobody is asked about what will not be done, and again with the job's first
/// entry, while no other process of this store does the same: two that each stay below a limit must not exceed it
/// together.
struct Brakes {
    let session: SessionSnapshot
    let population: (any PopulationReader)?
    let history: JobHistory?
    let call: Call

    /// - Throws: `ZoshError.refused`, which names the option that allows it.
    func check(_ planned: [PlannedChange]) async throws {
        let open = planned.filter { $0.settled == nil && $0.change?.resource.population != nil }
        guard let resource = open.first?.change?.resource, let queries = resource.population else { return }
        let administrators = AdministratorBrake(
            isAllowed: call.write.administrators || session.administrators
        ) { [population] in try? await population?.ids(resource, queries.administrators) }
        let stops = [
            try await administrators.stop(open, at: call.span), try await shareStop(planned, open, resource, queries),
        ]
        if let error = BrakeStop.error(stops.compactMap(\.self), at: call.span) { throw error }
    }

    /// Lets nobody else check until the changes are written down.
    /// - Returns: ends it.
    func takeTurn() async throws -> @Sendable () -> Void {
        guard let history else { return {} }
        return try await history.takeTurn()
    }

    private func shareStop(
        _ planned: [PlannedChange], _ open: [PlannedChange], _ resource: Resource, _ queries: PopulationLists
    ) async throws -> BrakeStop? {
        // What puts back is never stopped halfway, nor what was let through once.
        guard call.origin.undoes == nil, let connection = session.connection else { return nil }
        let now = ChangedUsers(open.filter { !$0.wasLetThrough }.compactMap(\.change))
        guard !now.changed.isEmpty else { return nil }
        let ahead = ChangedUsers(call.origin.line?.announced(on: connection.name) ?? [])
        let targets = LineTally.targets(of: planned.map(\.effect), on: connection.name)
        let brake = ShareBrake(
            limits: connection.brakes, atMost: call.write.atMost ?? session.atMost,
            onLine: call.origin.line?.count(adding: targets).all ?? targets.count
        ) {
            [population] in
            try? await population?.count(resource, queries.active)
        }
        let hour = try await history?.users(changedWithin: ShareBrake.window, on: connection) ?? ChangedUsers()
        return await brake.stop(now, after: hour, ahead: ahead)
    }
}
