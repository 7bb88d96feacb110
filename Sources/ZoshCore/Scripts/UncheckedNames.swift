internal import ZoshKit

/// What a check of a script could not look at, in one sentence with its reason.
struct UncheckedNames {
    let script: Script
    /// Why there is no connection, or no answer.
    var reason: ZoshError?
    private(set) var notes: [String] = []

    init(script: Script) { self.script = script }

    /// Whether an error says that no connection can be used now, and nothing of the script.
    static func isAbsence(_ error: ZoshError, _ session: Session) async -> Bool {
        switch error.kind {
        case .auth, .network, .rateLimited, .local: true
        // Several are stored and none is chosen, or none is the one the script is for.
        case .usage, .refused: await session.connectionName == nil && error.span.map { $0.lower == 0 } ?? true
        default: false
        }
    }

    mutating func add(_ names: NamesAhead.Findings, hasConnection: Bool) {
        notes += names.doubts.map { doubt in
            (doubt.span.map { "\(script.source.line(of: $0)): " } ?? "") + doubt.problem
        }
        let isConcerned = script.plan.needsConnection || script.plan.parameters.contains { Plan.looksUp($0.type) }
        if !hasConnection, isConcerned {
            let remedy = reason?.remedy ?? "auth login"
            notes.append("Not checked: \(Self.what), because \(reason?.problem ?? "you are not signed in") (\(remedy))")
        } else if let trouble = reason ?? names.trouble {
            notes.append("Not checked: \(Self.what), because Zoho could not be asked: \(trouble.problem)")
        } else if let lost = names.lost, isConcerned {
            notes.append(
                "Not checked after \(script.source.line(of: lost)), where another connection may be chosen: "
                    + Self.what)
        }
    }

    private static let what = "users, roles, profiles and fields of the organisation's own"
}
