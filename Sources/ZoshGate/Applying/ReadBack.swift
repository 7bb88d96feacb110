internal import ZoshKit

/// Finds out what became of writes whose replies were lost, by reading their records again, all of them together.
///
/// It says done only when Zoho shows the result. Anything else stays unverified, not failed: a request can land after
/// the reading, and exactly-once cannot be had from an API without conditional writes.
struct ReadBack: Sendable {
    /// A write whose reply was lost.
    struct Lost: Sendable {
        let planned: PlannedChange
        /// Why the reply is not known.
        let reason: String
        /// When the request left, in seconds since 1970; nil where no clock is kept, so that it is not possible to tell
        /// a new record from an older one.
        let since: Int64?
    }

    let executor: any ChangeExecutor
    let session: SessionSnapshot
    /// Waits, since a request can land late.
    let settle: @Sendable () async throws -> Void

    /// - Parameter lost: at most as many as are read in one call.
    /// - Returns: a report for each, in their order.
    func reports(on lost: [Lost]) async -> [ChangeReport] {
        let readable = lost.contains { ($0.planned.result ?? .nothing) != .nothing }
        let hasSettled = if readable { (try? await settle()) != nil } else { false }
        let current = hasSettled ? await states(of: lost) : [:]
        let arrivals = hasSettled ? await arrivals(of: lost) : [:]
        return lost.map { one in
            guard let change = one.planned.change, let result = one.planned.result, result != .nothing else {
                return Self.unverified(one, "check before repeating")
            }
            let resource = change.resource
            if result == .newcomer {
                guard let rows = arrivals[resource] else { return Self.unread(one, resource) }
                return arrival(of: change, one, among: rows)
            }
            guard let id = change.id else { return Self.unverified(one, "check before repeating") }
            guard let rows = current[resource] else { return Self.unread(one, resource) }
            return state(rows[id], change, result, one)
        }
    }

    // MARK: What Zoho shows

    /// The changed records as they are now, by id; a resource that cannot be read is absent.
    private func states(of lost: [Lost]) async -> [Resource: [String: Row]] {
        let changes = lost.filter { [.values, .absence].contains($0.planned.result) }.compactMap(\.planned.change)
        var found: [Resource: [String: Row]] = [:]
        for (resource, some) in Dictionary(grouping: changes, by: \.resource) {
            let ids = some.compactMap(\.id)
            if !ids.isEmpty { found[resource] = try? await executor.reread(resource, ids: ids) }
        }
        return found
    }

    /// The added records as far as they are there, by handle; a resource that cannot be read is absent.
    private func arrivals(of lost: [Lost]) async -> [Resource: [String: Row]] {
        let added = lost.filter { $0.planned.result == .newcomer }
        var found: [Resource: [String: Row]] = [:]
        for case (let resource?, let some) in Dictionary(grouping: added, by: \.planned.change?.resource) {
            let names = Set(some.compactMap(\.planned.change?.target.name))
            guard let first = some.compactMap(\.since).min() else {
                found[resource] = [:]
                continue
            }
            found[resource] = try? await executor.find(resource, called: names, changedSince: first - AddedRecord.skew)
        }
        return found
    }

    // MARK: What it means

    private func state(_ current: Row?, _ change: Change, _ result: Write.Result, _ lost: Lost) -> ChangeReport {
        let resource = change.resource
        switch result {
        case .absence where resource.isGone(current):
            return ChangeReport(.done, message: "\(lost.reason), but Zoho shows the \(resource.noun) as deleted")
        case .values:
            if let current, resource.open(change.fields, in: current).isEmpty {
                return ChangeReport(.done, message: "\(lost.reason), but Zoho shows the new values")
            }
            return Self.unverified(lost, "Zoho does not show the new values; the change may still take effect")
        default:
            return Self.unverified(lost, "the \(resource.noun) is still there; the change may still take effect")
        }
    }

    private func arrival(of change: Change, _ lost: Lost, among rows: [String: Row]) -> ChangeReport {
        let resource = change.resource
        if let since = lost.since {
            let arrival = rows[change.target.name].flatMap { AddedRecord($0, of: resource, after: since) }
            if let arrival, arrival.isMade(by: session) {
                return ChangeReport(
                    .done, id: arrival.id, message: "\(lost.reason), but Zoho shows the new \(resource.noun)")
            }
        }
        return Self.unverified(
            lost,
            "it may still take effect: check with '\(AddedRecord.check(change, in: session))' before you repeat it")
    }

    private static func unread(_ lost: Lost, _ resource: Resource) -> ChangeReport {
        unverified(lost, "reading the \(resource.noun) back failed too")
    }

    private static func unverified(_ lost: Lost, _ rest: String) -> ChangeReport {
        ChangeReport(.unverified, message: "\(lost.reason); \(rest)")
    }
}
