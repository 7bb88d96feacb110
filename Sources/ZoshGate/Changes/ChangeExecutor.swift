public import ZoshKit

/// What really changes things: Zoho for its records, the store for connections. Only the gate holds one, so that no
/// command and no module can write past it.
public protocol ChangeExecutor: Sendable {
    /// Does it, once. An executor never retries by itself: only the gate knows what may be repeated.
    func perform(_ effect: any Effect) async -> ChangeResult

    /// Asks for a job that Zoho has accepted until it is over, or the task is cancelled. Sends nothing again.
    func follow(_ job: String, of change: Change) async -> ChangeResult

    /// How many changes may be under way at once now.
    var window: Int { get }

    /// Records as Zoho shows them now, by id; those that do not exist are absent.
    func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row]

    /// Records that changed since a time and are called one of these, by handle in lower case.
    /// - Parameter since: seconds since 1970.
    func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws -> [String:
        Row]

    /// The records that have these handles now, by handle in lower case.
    func holders(of handles: Set<String>, _ resource: Resource) async throws -> [String: Row]

    /// What people call records that are referred to by id, by id. One whose name cannot be had is absent.
    func names(_ resource: Resource, ids: Set<String>) async -> [String: String]

    /// What remains of the organisation's credits for the day; nil where Zoho has not said so.
    func creditsLeft() async -> Int?
}

extension ChangeExecutor {
    public var window: Int { 1 }
    public func creditsLeft() async -> Int? { nil }

    public func holders(of handles: Set<String>, _ resource: Resource) async throws -> [String: Row] {
        try await find(resource, called: handles, changedSince: 0)
    }
}
