import ZoshCore
import ZoshKit

/// An organisation whose people really change, and that counts what it was told.
actor LivingOrganisation: ChangeWriter {
    private(set) var users: [String: Row] = [:]
    private(set) var performed: [String] = []
    /// Requests that fail, by the name of their target.
    private var failing: Set<String>

    init(_ ids: [String], failing: Set<String> = []) {
        self.failing = failing
        for id in ids {
            users[id] = ["id": .string(id), "email": .string("p\(id)@acme.test"), "status": "active", "city": "Rome"]
        }
    }

    func heal() { failing = [] }

    func perform(_ change: Change) async -> ChangeResult {
        let name = change.subject.shortName
        performed.append("\(change.action) \(name)")
        guard !failing.contains(name) else { return .refused(ZoshError(.refused, "no", code: "INVALID_DATA")) }
        return .done(id: apply(change) ?? name, row: nil, message: nil)
    }

    /// - Returns: the id of somebody new.
    @discardableResult
    func apply(_ change: Change) -> String? {
        switch change.operation {
        case .createUser(let fields):
            let id = String(100 + users.count)
            users[id] = ["id": .string(id), "status": "active", "created_time": "2026-06-15T12:00:00+00:00"]
            for field in fields.fields { users[id]?[field.name] = field.value }
            return id
        case .updateUser(let id, let fields): for (name, value) in fields.fields { users[id]?[name] = value }
        case .deleteUser(let id): users[id]?["status"] = "deleted"
        default: break
        }
        return nil
    }

    func reread(users ids: [String]) async throws -> [String: Row] { users.filter { ids.contains($0.key) } }

    func users(withEmails emails: Set<String>, changedSince since: Int64) async throws -> [String: Row] {
        Dictionary(users.values.compactMap { row in row.string("email").map { ($0.lowercased(), row) } }) { $1 }.filter
        { emails.contains($0.key) }
    }
}
