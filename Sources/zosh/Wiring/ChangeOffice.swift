import ZohoClient
import ZoshCore
import ZoshKit

/// Does what the gate has let through: users at Zoho, connections in the store.
///
/// One office serves one line. It exists only inside the gate; no module can reach it.
struct ChangeOffice: ChangeWriter {
    /// Nil without a connection; the gate lets no user change through then.
    let users: UserWriter?
    let zoho: any ZohoService
    let connections: ConnectionDesk
    let store: StoreDesk
    /// The kept people of the connection; nil without one.
    var directory: DirectoryRefresher?

    func perform(_ change: Change) async -> ChangeResult {
        switch change.operation {
        case .createUser(let fields): await create(fields)
        case .updateUser(let id, let fields): await write { await $0.update(id: id, fields: fields) }
        case .deleteUser(let id): await write { await $0.delete(id: id) }
        case .signIn(let request): await connections.reporting { try await $0.signIn(request) }
        case .signOut(let name, let revoke): await connections.reporting { try await $0.signOut(name, revoke: revoke) }
        case .renameConnection(let from, let to): await connections.reporting { try await $0.rename(from, to: to) }
        case .setConnection(let name, let key, let value):
            await connections.reporting { try await $0.set(key, to: value, of: name) }
        case .changeStore(let change): await store.perform(change)
        case .keepClient(let client): await connections.reporting { try await $0.keep(client) }
        case .forgetClient(let name): await connections.reporting { try await $0.forget(client: name) }
        }
    }

    private func create(_ fields: Row) async -> ChangeResult {
        let result = await write { await $0.create(fields) }
        if case .done = result { await directory?.outdate() }
        return result
    }

    func reread(users ids: [String]) async throws -> [String: Row] {
        guard let users else { throw LiveContexts.notSignedIn }
        return try await users.reread(ids: ids)
    }

    func users(withEmails emails: Set<String>, changedSince since: Int64) async throws -> [String: Row] {
        let users = zoho.list(.users, .users(modifiedSince: Moment.text(max(1, since)).replacing("Z", with: "+00:00")))
        var found: [String: Row] = [:]
        while let page = try await users.next() {
            for row in page.rows {
                if let email = row.string("email")?.lowercased(), emails.contains(email) { found[email] = row }
            }
        }
        return found
    }

    func names(of references: [String: Set<String>]) async -> [String: [String: String]] {
        var found: [String: [String: String]] = [:]
        for (field, ids) in references {
            switch field {
            case "role": found[field] = await names(zoho.list(.roles))
            case "profile": found[field] = await names(zoho.list(.profiles))
            default: found[field] = await people(ids)
            }
        }
        return found
    }

    /// What cannot be read (no scope, no network) stays without a name: the change itself may still be allowed.
    private func names(_ rows: RowStream) async -> [String: String] {
        let rows = (try? await rows.collect()) ?? []
        return Dictionary(rows.compactMap { row in row["id"].map { ($0.text, row["name"]?.text ?? "") } }) { $1 }.filter
        { !$0.value.isEmpty }
    }

    private func people(_ ids: Set<String>) async -> [String: String] {
        var found: [String: String] = [:]
        var rest = ids.sorted()[...]
        while !rest.isEmpty {
            let rows = (try? await reread(users: Array(rest.prefix(100)))) ?? [:]
            for (id, row) in rows { found[id] = row.string("full_name") ?? row.string("email") }
            rest = rest.dropFirst(100)
        }
        return found
    }

    private func write(_ body: (UserWriter) async -> WriteResult) async -> ChangeResult {
        guard let users else { return .refused(LiveContexts.notSignedIn) }
        switch await body(users) {
        case .done(let id, let message): return .done(id: id, row: nil, message: message)
        case .unchanged(let code, _): return .unchanged(code: code)
        case .refused(let error): return .refused(error)
        case .uncertain(let reason): return .uncertain(reason: reason)
        }
    }
}
