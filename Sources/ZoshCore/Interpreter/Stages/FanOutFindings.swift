internal import ZoshKit

/// What went wrong on the way through several connections, the same trouble of many reported once: three names and a
/// count.
struct FanOutFindings {
    /// How many connections were asked.
    let total: Int
    private var failures: [(trouble: Trouble, names: [String])] = []
    private var missing: [(value: String, names: [String])] = []
    private var other: [String] = []

    /// What several connections may fail with alike.
    private struct Trouble: Equatable {
        /// What to do, the same for each connection, or a line to be run on each of them.
        enum Remedy: Equatable {
            case same(String?)
            case placed(PlacedRemedy)
        }

        let problem: String
        let remedy: Remedy
        let isAbsence: Bool

        init(_ error: ZoshError) {
            problem = error.problem
            remedy = error.placedRemedy.map(Remedy.placed) ?? .same(error.remedy)
            isAbsence = error.kind == .notFound
        }

        func text(on names: [String]) -> String {
            switch remedy {
            case .same(let text): problem + (text.map { "; \($0)" } ?? "")
            case .placed(let remedy):
                "\(problem); \(remedy.text(on: names.count < 4 ? names.joined(separator: ",") : "all"))"
            }
        }
    }

    init(total: Int) { self.total = total }

    /// What ends a fan-out in which nothing went right.
    private(set) var firstKind: ZoshError.Kind?
    private(set) var failedCount = 0

    mutating func fail(_ name: String, _ error: ZoshError) {
        firstKind = firstKind ?? error.kind
        failedCount += 1
        let trouble = Trouble(error)
        if let index = failures.firstIndex(where: { $0.trouble == trouble }) {
            failures[index].names.append(name)
        } else {
            failures.append((trouble, [name]))
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
            if failure.names.count < 4 {
                return "\(Self.some(failure.names)): \(failure.trouble.text(on: failure.names))"
            }
            let found =
                failure.trouble.isAbsence
                ? "found in \(total - failure.names.count) of \(total) organisations, not in " : ""
            let all = failure.trouble.isAbsence ? "" : " (\(failure.names.count) of \(total) organisations)"
            return "\(found)\(Self.some(failure.names))\(all): \(failure.trouble.text(on: failure.names))"
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
