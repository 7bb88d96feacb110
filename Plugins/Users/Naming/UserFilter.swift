import Synchronization
import ZoshKit

/// One condition of `users list` that zosh checks itself: `role=CEO`, `status=inactive`.
struct UserFilter: Sendable {
    let name: String
    private let wanted: String
    private let paths: [FieldPath]

    /// What can be asked for; "inactive" is what is written to Zoho, "disabled" what is read from it.
    static let statuses = ["active", "disabled", "disabled dormant", "deleted", "closed", "inactive"]

    init(role: String) { self.init("role", role, ["role.name", "role.id"]) }
    init(profile: String) { self.init("profile", profile, ["profile.name", "profile.id"]) }
    init(status: String) { self.init("status", status == "inactive" ? "disabled" : status, ["status"]) }

    private init(_ name: String, _ wanted: String, _ paths: [FieldPath]) {
        self.name = name
        self.wanted = wanted.lowercased()
        self.paths = paths
    }

    func isMet(by row: Row) -> Bool { paths.contains { row[$0].text.lowercased() == wanted } }

    /// The row's own value, as it is shown.
    func value(in row: Row) -> String { row[paths[0]].text }
}

/// Which values the rows had, for the note when none of them passes.
final class ListedValuesSeen: Sendable {
    private struct State {
        var total = 0
        var isMet = false
        var values: [[String]]
    }

    /// Values named at most; the rest is a count.
    private static let most = 5

    private let filters: [UserFilter]
    private let state: Mutex<State>

    init(_ filters: [UserFilter]) {
        self.filters = filters
        state = Mutex(State(values: filters.map { _ in [] }))
    }

    func meets(_ row: Row) -> Bool {
        let isMet = filters.allSatisfy { $0.isMet(by: row) }
        state.withLock { state in
            state.total += 1
            if isMet { state.isMet = true }
            guard !state.isMet else { return }
            for (index, filter) in filters.enumerated() {
                let value = filter.value(in: row)
                if !value.isEmpty, !state.values[index].contains(value) { state.values[index].append(value) }
            }
        }
        return isMet
    }

    /// Nil when a row has passed, or none came.
    var note: String? {
        state.withLock { state in
            guard !state.isMet, state.total > 0 else { return nil }
            let found = zip(filters, state.values).map { filter, values in
                let rest = values.count > Self.most ? " and \(values.count - Self.most) more" : ""
                return "\(filter.name) is \(values.prefix(Self.most).listedNames)\(rest)"
            }
            return "No user matches; \(found.joined(separator: "; "))"
        }
    }
}
