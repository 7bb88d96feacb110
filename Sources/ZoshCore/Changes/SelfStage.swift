internal import ZoshKit

/// Refuses to lock the caller out of the organisation they act through.
enum SelfStage {
    static func check(_ changes: [Change], _ session: SessionSnapshot, at span: Span) throws {
        guard let mine = session.connection?.userID, !mine.isEmpty else { return }
        for change in changes {
            guard case .user(mine, _) = change.subject, let verb = change.lockOut else { continue }
            throw ZoshError(
                .refused, "you cannot \(verb) yourself", at: span,
                remedy: "let another administrator do it, or leave your own id out")
        }
    }
}

extension Change {
    /// "delete" or "deactivate" when the subject could not work any more afterwards.
    fileprivate var lockOut: String? {
        switch operation {
        case .deleteUser: return "delete"
        case .updateUser(_, let fields):
            let status = fields["status"]?.text.lowercased()
            return status == "inactive" || status == "disabled" ? "deactivate" : nil
        default: return nil
        }
    }
}
