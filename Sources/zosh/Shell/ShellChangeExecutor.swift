import ZohoClient
import ZoshCore
import ZoshGate
import ZoshKit
import ZoshTrust

/// Does what the gate has let through: records at Zoho, connections in the store.
///
/// One serves one line. It exists only inside the gate; no module can reach it.
struct ShellChangeExecutor: ChangeExecutor {
    /// Nil without a connection; the gate lets no change at Zoho through then.
    let writer: ResourceWriter?
    let zoho: any ZohoService
    let connections: ConnectionAdmin
    let store: StoreAdmin
    let jobs: JobHistory
    /// Nil where no line runs.
    var runs: Journal?
    /// The kept people of the connection; nil without one.
    var directory: DirectoryRefresher?
    /// Nil where no line runs.
    var plans: PlanRegistry?
    /// What was counted of the connection's calls; nil without one.
    var budget: Budget?

    struct Budget {
        let credits: CallLedger
        let grant: Grant.ID
    }

    var window: Int { writer?.window ?? 1 }

    func creditsLeft() async -> Int? { await budget?.credits.use(of: budget?.grant ?? "").remaining }

    func perform(_ effect: any Effect) async -> ChangeResult {
        if let change = effect as? Change { return await perform(change) }
        if let change = effect as? JobChange { return await perform(change) }
        if let change = effect as? PlanChange { return await reporting { try await plans?.perform(change) } }
        guard let change = effect as? LocalChange else {
            return .refused(ZoshError(.bug, "nothing here does '\(effect.action)'"))
        }
        return switch change.operation {
        case .signIn(let request): await connections.reporting { try await $0.signIn(request) }
        case .signOut(let name, let revoke): await connections.reporting { try await $0.signOut(name, revoke: revoke) }
        case .renameConnection(let from, let to): await connections.reporting { try await $0.rename(from, to: to) }
        case .setConnection(let name, let key, let value):
            await connections.reporting { try await $0.set(key, to: value, of: name) }
        case .changeStore(let change): await store.perform(change)
        case .saveClient(let client): await connections.reporting { try await $0.save(client) }
        case .forgetClient(let name): await connections.reporting { try await $0.forget(client: name) }
        }
    }

    private func perform(_ change: JobChange) async -> ChangeResult {
        await reporting {
            switch change.operation {
            case .cancel(let number):
                try await jobs.cancel(number)
                try await runs?.prune()
                return nil
            case .prune(let seconds):
                let older = try await runs?.forgetOlderRuns() ?? 0
                let count = try await jobs.prune(olderThan: seconds)
                try await runs?.prune(before: jobs.now() - seconds)
                let forgotten =
                    older == 0 ? "" : ", \(older) script run\(older == 1 ? "" : "s") of an older zosh forgotten"
                return "\(count) job\(count == 1 ? "" : "s") removed\(forgotten)"
            }
        }
    }

    private func perform(_ change: Change) async -> ChangeResult {
        guard let writer else { return .refused(NoConnection.notSignedIn) }
        let result = await writer.perform(change)
        await directory?.note(change, result)
        return result
    }

    func follow(_ job: String, of change: Change) async -> ChangeResult {
        guard let writer else { return .accepted(job: job, reason: NoConnection.notSignedIn.problem) }
        let result = await writer.follow(job, of: change)
        await directory?.note(change, result)
        return result
    }

    private func reporting(_ body: () async throws -> String?) async -> ChangeResult {
        do { return .done(id: nil, message: try await body()) } catch {
            return .failed(
                error as? ZoshError ?? ZoshError(.bug, "an error of type \(type(of: error)) was not understood"))
        }
    }

    func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
        guard let writer else { throw NoConnection.notSignedIn }
        let rows = try await writer.reread(resource, ids: ids)
        // Read before a write and after it: what Tab and names offer is never older than what the gate has seen.
        if resource == .users { await directory?.put(ids.compactMap { rows[$0] }) }
        return rows
    }

    func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws
        -> [String: Row]
    {
        let rows = zoho.list(
            resource, ListQuery(modifiedSince: Moment.text(max(1, since)).replacing("Z", with: "+00:00")))
        var found: [String: Row] = [:]
        while let page = try await rows.next() {
            for row in page.rows {
                if let handle = row[resource.handle].string?.lowercased(), handles.contains(handle) {
                    found[handle] = row
                }
            }
        }
        return found
    }

    /// By the directory, which asks only for what has changed since it was read.
    func holders(of handles: Set<String>, _ resource: Resource) async throws -> [String: Row] {
        guard resource == .users, let directory else {
            return try await find(resource, called: handles, changedSince: 0)
        }
        let people = try await directory.fresh(within: 60, through: zoho).people
        let ids = people.filter { handles.contains($0.email.lowercased()) }.map(\.id)
        var found: [String: Row] = [:]
        for row in try await reread(resource, ids: ids).values {
            if let handle = row[resource.handle].string?.lowercased() { found[handle] = row }
        }
        return found
    }

    /// What cannot be read (no scope, no network) stays without a name: the change itself may still be allowed.
    func names(_ resource: Resource, ids: Set<String>) async -> [String: String] {
        let rows =
            switch resource.reads {
            case .paged: (try? await reread(resource, ids: ids.sorted())).map { Array($0.values) } ?? []
            case .whole: (try? await zoho.list(resource).collect()) ?? []
            }
        var found: [String: String] = [:]
        for row in rows {
            guard let id = row.string("id"), let name = row[resource.title].string ?? row[resource.handle].string
            else { continue }
            found[id] = name
        }
        return found
    }
}
