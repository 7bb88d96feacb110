internal import ZoshKit

/// What went wrong on the way through several connections, the same trouble of many reported once: three names and a
/// count.
struct FanOutFindings {
    /// How many connections were asked.
    let total: Int
    private var failures: [Failure] = []
    private var missing: [(value: String, names: [String])] = []
    private var other: [String] = []

    private struct Failure {
        let problem: String
        /// What to do, behind `on CONNECTION` where that is part of it.
        let remedy: String?
        let isOnConnection: Bool
        let isAbsence: Bool
        var names: [String]

        var text: String {
            guard let remedy else { return problem }
            guard isOnConnection else { return "\(problem); \(remedy)" }
            return "\(problem); on \(names.count < 4 ? names.joined(separator: ",") : "all") \(remedy)"
        }
    }

    init(total: Int) { self.total = total }

    /// What ends a fan-out in which nothing went right.
    private(set) var firstKind: ZoshError.Kind?
    private(set) var failedCount = 0

    mutating func fail(_ name: String, _ error: ZoshError) {
        firstKind = firstKind ?? error.kind
        failedCount += 1
        let place = "on \(name) "
        let isOnConnection = error.remedy?.hasPrefix(place) == true
        let remedy = isOnConnection ? error.remedy.map { String($0.dropFirst(place.count)) } : error.remedy
        if let index = failures.firstIndex(where: {
            $0.problem == error.problem && $0.remedy == remedy && $0.isOnConnection == isOnConnection
        }) {
            failures[index].names.append(name)
        } else {
            failures.append(
                Failure(
                    problem: error.problem, remedy: remedy, isOnConnection: isOnConnection,
                    isAbsence: error.kind == .notFound, names: [name]))
        }
    }

    /// Takes what a connection's rows were missing, and returns the rest of its outcome.
    mutating func collect(_ outcome: RowOutcome, of name: String) -> RowOutcome {
        for value in outcome.missing {
            if let index = missing.firstIndex(where: { $0.value == value }) {
                missing[index].names.append(name)
            } else {
                missing.append((value, [name]))
            }
        }
        var rest = outcome
        rest.missing = []
        rest.notes = outcome.notes.map { "\(name): \($0)" }
        return rest
    }

    /// One note for each trouble.
    var notes: [String] {
        failures.map { failure in
            if failure.names.count < 4 { return "\(Self.some(failure.names)): \(failure.text)" }
            let found =
                failure.isAbsence ? "found in \(total - failure.names.count) of \(total) organisations, not in " : ""
            let all = failure.isAbsence ? "" : " (\(failure.names.count) of \(total) organisations)"
            return "\(found)\(Self.some(failure.names))\(all): \(failure.text)"
        }
    }

    /// What was not found, each with where.
    var absences: [String] {
        missing.map { entry in
            guard entry.names.count > 1 else { return "\(entry.names[0]): \(entry.value)" }
            return
                "\(entry.value) (in \(total - entry.names.count) of \(total) organisations; not in "
                + "\(Self.some(entry.names)))"
        }
    }

    /// `a, b and c`; of more than three, three and a count.
    private static func some(_ names: [String]) -> String {
        guard names.count > 3 else { return names.joined(separator: ", ") }
        return "\(names.prefix(3).joined(separator: ", ")) and \(names.count - 3) more"
    }
}
