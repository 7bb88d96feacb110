internal import Synchronization
internal import ZoshKit

/// An executor that drops fields already set and names the holder of a taken address.
///
/// Zoho would refuse a whole change for a state its record already has (`ID_ALREADY_ACTIVE`).
final class OutgoingChanges: ChangeExecutor {
    private let executor: any ChangeExecutor
    /// The fields to leave out, by target.
    private let settled: [EffectTarget: Set<String>]
    /// The handles that the changes set.
    private let handles: [Resource: Set<String>]
    private let holders = Mutex<[Resource: [String: Row]]>([:])

    init(_ planned: [PlannedChange], through executor: any ChangeExecutor) {
        self.executor = executor
        var settled: [EffectTarget: Set<String>] = [:]
        var handles: [Resource: Set<String>] = [:]
        for one in planned where one.settled == nil {
            guard let change = one.change else { continue }
            if let handle = change.newHandle { handles[change.resource, default: []].insert(handle.lowercased()) }
            guard one.result == .values, let current = one.current else { continue }
            let open = change.resource.open(change.fields, in: current)
            let states = change.fields.names.filter { change.resource.spelling[$0] != nil && !open.contains($0) }
            if !states.isEmpty, !open.isEmpty { settled[change.target] = Set(states) }
        }
        self.settled = settled
        self.handles = handles
    }

    var window: Int { executor.window }

    func perform(_ effect: any Effect) async -> ChangeResult {
        guard let change = effect as? Change else { return await executor.perform(effect) }
        let result = await executor.perform(settled[change.target].map { change.leaving(out: $0) } ?? change)
        guard case .refused(var error) = result, error.code == TakenHandleStage.code, change.newHandle != nil else {
            return result
        }
        let report = TakenHandleStage.report(change, holder: await holder(of: change))
        if report.outcome == .unchanged { return .unchanged(code: nil, id: report.id, message: report.message) }
        error.problem = report.message ?? error.problem
        return .refused(error)
    }

    func follow(_ job: String, of change: Change) async -> ChangeResult { await executor.follow(job, of: change) }

    /// The record that has the handle, looked for once for all changes; nil when it cannot be found.
    private func holder(of change: Change) async -> Row? {
        let resource = change.resource
        guard let handle = change.newHandle?.lowercased() else { return nil }
        if let known = holders.withLock({ $0[resource] }) { return known[handle] }
        let found = (try? await executor.holders(of: handles[resource] ?? [handle], resource)) ?? [:]
        holders.withLock { $0[resource] = found }
        return found[handle]
    }

    func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
        try await executor.reread(resource, ids: ids)
    }

    func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws
        -> [String: Row]
    {
        try await executor.find(resource, called: handles, changedSince: since)
    }

    func holders(of handles: Set<String>, _ resource: Resource) async throws -> [String: Row] {
        try await executor.holders(of: handles, resource)
    }

    func names(_ resource: Resource, ids: Set<String>) async -> [String: String] {
        await executor.names(resource, ids: ids)
    }
}
