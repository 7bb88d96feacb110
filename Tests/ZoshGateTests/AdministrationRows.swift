import ZoshKit

@testable import ZoshGate

/// Rows of the table as the administration API will need them: a parent, a verb of its own, a parameter, and work that
/// Zoho does later. No command has them; what the gate and the journal make of them is tried on these.
enum AdministrationRows {
    static let memberships = Resource(
        "memberships", noun: "territory", path: "/settings/territories", headline: ["name"], scopes: [:],
        writes: [
            .delete: Write(
                .delete, "/users/{user}/territories/{id}", envelope: nil, result: .nothing, blast: .access)
        ])
    static let clones = Resource(
        "clones", noun: "profile", path: "/settings/profiles", headline: ["name"], scopes: [:],
        writes: [
            "clone": Write(
                .post, "/settings/profiles/{of}/actions/clone", envelope: "profiles", result: .newcomer, blast: .access)
        ])
    static let leavingRoles = Resource(
        "leaving_roles", noun: "role", path: "/settings/roles", headline: ["name"], scopes: [:],
        writes: [
            .delete: Write(.delete, "/settings/roles/{id}", envelope: nil, result: .absence, blast: .irreversible)
        ])
    static let transfers = Resource(
        "transfers", noun: "transfer", path: "/users", headline: ["id"], scopes: [:],
        writes: [
            "transfer": Write(
                .post, "/users/{id}/actions/transfer", envelope: "transfer", result: .nothing, blast: .irreversible,
                job: AcceptedJob(
                    "/users/actions/transfer", state: "transfer.status", done: ["completed"], failed: ["failed"]))
        ])

    static let all = Resource.all + [memberships, clones, leavingRoles, transfers]

    static let changes = [
        Change(.delete, memberships, .existing(id: "7"), within: ["user": "4"], concerns: "4"),
        Change("clone", clones, .new(handle: "Sales EU"), within: ["of": "31"], fields: ["name": "Sales EU"]),
        Change(.delete, leavingRoles, .existing(id: "8"), parameters: ["transfer_to_id": "9"]),
        transfer,
    ]
    static let transfer = Change("transfer", transfers, .existing(id: "4"), fields: ["id": "5"], action: "transfer")
}

/// An organisation that takes some changes as jobs of its own, each with the same number.
actor AcceptingOrganisation: ChangeExecutor {
    private(set) var performed: [Change] = []
    private(set) var asked: [String] = []
    private let endings: [ChangeResult]
    private let onFollow: @Sendable () async -> Void

    nonisolated let window: Int

    /// - Parameters:
    ///   - endings: what is said of a job, each time it is asked for; the last one for ever.
    ///   - onFollow: called when a job is asked for.
    init(_ endings: [ChangeResult], window: Int = 1, onFollow: @escaping @Sendable () async -> Void = {}) {
        self.endings = endings
        self.window = window
        self.onFollow = onFollow
    }

    func perform(_ effect: any Effect) async -> ChangeResult {
        guard let change = effect as? Change else { return .refused(ZoshError(.bug, "no change")) }
        performed.append(change)
        return change.write?.job == nil ? .done(id: change.id, message: nil) : .accepted(job: "500")
    }

    func follow(_ job: String, of change: Change) async -> ChangeResult {
        asked.append(job)
        await onFollow()
        return endings[min(asked.count, endings.count) - 1]
    }

    func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
        Dictionary(ids.map { ($0, ["id": .string($0)]) }) { $1 }
    }
    func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws -> [String:
        Row]
    { [:] }
    func names(_ resource: Resource, ids: Set<String>) async -> [String: String] { [:] }
}
