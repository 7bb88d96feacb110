internal import ZoshKit

/// Refuses to lock the caller out of the organisation they act through.
enum SelfStage {
    static func check(_ effects: [any Effect], _ session: SessionSnapshot, at span: Span) throws {
        guard let mine = session.connection?.userID, !mine.isEmpty else { return }
        for case let change as Change in effects where change.resource.holdsCaller && change.id == mine {
            guard let verb = change.lockOut else { continue }
            throw ZoshError(
                .refused, "you cannot \(verb) yourself", at: span,
                remedy: "let another administrator do it, or leave your own id out")
        }
    }
}

extension Change {
    /// "delete" or "deactivate" when the subject could not work any more afterwards.
    fileprivate var lockOut: String? {
        switch write?.result {
        case .absence: return verb.name
        case .values:
            guard let status = fields["status"]?.text else { return nil }
            return resource.shown(status, in: "status") == "disabled" ? "deactivate" : nil
        default: return nil
        }
    }
}
