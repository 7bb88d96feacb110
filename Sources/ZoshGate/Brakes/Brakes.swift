internal import ZoshKit

/// Stops changes of too many users within an hour, and changes of administrator rights, unless an option allows them.
///
/// Checked before the question, so that a person is not asked about what will not be done, and again with the job's
/// first entry, while no other process of this store does the same: two that each stay below a limit must not exceed it
/// together.
struct Brakes {
    let session: SessionSnapshot
    let population: (any PopulationReader)?
    let history: JobHistory?
    let call: Call
    let executor: any ChangeExecutor
    /// What the lines before have planned, where this is a dry run.
    var foreseen: ForeseenChanges?

    /// - Throws: `ZoshError.refused`, which names the option that allows it.
    func check(_ planned: [PlannedChange]) async throws {
        let open = planned.filter {
            $0.settled == nil && ($0.change?.person != nil || $0.change?.resource.population != nil)
        }
        let ahead = try await rightsAhead(beside: open)
        let counted = open.lazy.compactMap(\.change).map { $0.concerns == nil ? $0.resource : .users }
        guard let resource = counted.first, let queries = resource.population else { return }
        let administrators = AdministratorBrake(
            isAllowed: call.write.administrators || session.administrators
        ) { [population] in try? await population?.ids(resource, queries.administrators) }
        let rights = try await administrators.stop(open + ahead, at: call.span)
        if let rights { call.origin.line?.need(rights.option) }
        let stops = [rights, try await shareStop(planned, open, resource, queries)]
        guard var error = BrakeStop.error(stops.compactMap(\.self), at: call.span) else { return }
        // No option can be given to a job that is written down.
        if let due = call.origin.due { error.remedy = "jobs cancel \(due.job), then write it again" }
        throw error
    }

    /// Takes the store-wide lock, so that no other process checks until the changes are written down.
    /// - Returns: a closure that releases the lock.
    func takeTurn() async throws -> @Sendable () -> Void {
        guard let history else { return {} }
        return try await history.takeTurn()
    }

    /// What the rest of the line would do to administrators, looked at once: a loop comes here for every row, and must
    /// not stop halfway.
    private func rightsAhead(beside open: [PlannedChange]) async throws -> [PlannedChange] {
        guard !open.isEmpty, let line = call.origin.line, let name = session.connection?.name else { return [] }
        let announced = line.announced(on: name).filter(AdministratorRights.mayConcern)
        guard line.isFirst(.administratorsAhead(announced.count, connection: name)) else { return [] }
        let own = Set(open.compactMap(\.change?.target))
        var ahead = announced.filter { !own.contains($0.target) }.map { PlannedChange($0) }
        var start = 0
        while start < ahead.count {
            let range = PlannedChange.page(of: ahead, from: start)
            var page = Array(ahead[range])
            try await RereadStage.settle(&page, with: executor)
            ahead.replaceSubrange(range, with: page)
            start = range.upperBound
        }
        // What cannot be changed is reported in its turn.
        ahead.removeAll { $0.settled != nil }
        if ahead.contains(where: AdministratorRights.isAsked) { await ReferenceNames.fill(&ahead, from: executor) }
        return ahead
    }

    private func shareStop(
        _ planned: [PlannedChange], _ open: [PlannedChange], _ resource: Resource, _ queries: PopulationLists
    ) async throws -> BrakeStop? {
        // Undo jobs and already confirmed changes are exempt.
        guard call.origin.undoes == nil, let connection = session.connection else { return nil }
        let now = ChangedUsers(open.filter { !$0.wasLetThrough }.compactMap(\.change))
        guard !now.changed.isEmpty else { return nil }
        let ahead = ChangedUsers(call.origin.line?.announced(on: connection.name) ?? [])
        let targets = LineTally.targets(of: planned.map(\.effect), on: connection.name)
        let brake = ShareBrake(
            limits: connection.brakes,
            // What the process was started with is a ceiling for every line of it.
            atMost: [call.write.atMost, session.atMost].compactMap(\.self).min(), isOfProcess: session.atMost != nil,
            onLine: call.origin.line?.count(adding: targets).all ?? targets.count
        ) {
            [population] in
            try? await population?.count(resource, queries.active)
        }
        var hour =
            try await history?.users(changedWithin: ShareBrake.window, of: call.write.at?.instant, on: connection)
            ?? ChangedUsers()
        // In a dry run the lines before have changed nothing yet, and would have.
        if let foreseen {
            hour = hour.union(ChangedUsers(foreseen.changes(on: connection.name, before: call.origin.line)))
        }
        return await brake.stop(now, after: hour, ahead: ahead)
    }
}
