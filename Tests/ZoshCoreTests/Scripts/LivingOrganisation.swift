import ZoshGate
import ZoshKit

/// An organisation whose people really change, and that counts what it was told.
actor LivingOrganisation: ChangeExecutor {
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

    func perform(_ effect: any Effect) async -> ChangeResult {
        let name = effect.shortName
        performed.append("\(effect.action) \(name)")
        guard !failing.contains(name) else { return .refused(ZoshError(.refused, "no", code: "INVALID_DATA")) }
        return .done(id: apply(effect) ?? name, message: nil)
    }

    /// - Returns: the id of somebody new.
    @discardableResult
    func apply(_ effect: any Effect) -> String? {
        guard let change = effect as? Change else { return nil }
        switch (change.verb, change.id) {
        case (.create, _):
            let id = String(100 + users.count)
            users[id] = ["id": .string(id), "status": "active", "created_time": "2026-06-15T12:00:00+00:00"]
            for field in change.fields.fields { users[id]?[field.name] = field.value }
            return id
        case (.update, let id?): for (name, value) in change.fields.fields { users[id]?[name] = value }
        case (.delete, let id?): users[id]?["status"] = "deleted"
        default: break
        }
        return nil
    }

    func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
        users.filter { ids.contains($0.key) }
    }

    func names(_ resource: Resource, ids: Set<String>) async -> [String: String] { [:] }

    func find(_ resource: Resource, called emails: Set<String>, changedSince since: Int64) async throws
        -> [String: Row]
    {
        Dictionary(users.values.compactMap { row in row.string("email").map { ($0.lowercased(), row) } }) { $1 }.filter
        { emails.contains($0.key) }
    }
}

extension Effect {
    var shortName: String { target.noun == "store" ? "store" : target.name }
}

extension ChangeExecutor {
    /// None of these organisations does anything later.
    func follow(_ job: String, of change: Change) async -> ChangeResult { .accepted(job: job) }
}
