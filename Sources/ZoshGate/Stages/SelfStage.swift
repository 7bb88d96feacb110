internal import ZoshKit

/// Refuses to lock the caller out of the organisation they act through.
enum SelfStage {
    static func check(_ effects: [any Effect], _ session: SessionSnapshot, at span: Span) throws {
        guard let mine = session.connection?.userID, !mine.isEmpty else { return }
        for case let change as Change in effects where change.resource.holdsCaller && change.id == mine {
            guard change.endsWork else { continue }
            let verb = change.write?.result == .absence ? change.verb.name : "deactivate"
            throw ZoshError(
                .refused, "you cannot \(verb) yourself", at: span,
                remedy: "let another administrator do it, or leave your own id out")
        }
    }
}
