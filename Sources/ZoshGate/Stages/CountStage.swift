internal import ZoshKit

/// Refuses, before the first call, when more distinct targets would change on this line than the person allowed.
enum CountStage {
    /// - Parameters:
    ///   - own: what the command allows; it is counted over the line the command stands in. Without one, the session's
    ///     ceiling is counted over the line typed, scripts included.
    ///   - tally: what the line has changed so far; a loop or a fan-out comes here many times.
    static func check(
        _ effects: [any Effect], atMost own: Int?, _ session: SessionSnapshot, _ tally: LineTally, at span: Span
    ) throws {
        guard !effects.isEmpty else { return }
        let targets = LineTally.targets(of: effects, on: session.connection?.name)
        let counted = own == nil ? tally.whole : tally
        let (all, before) = counted.count(adding: targets)
        guard let atMost = own ?? session.atMost, all > atMost else {
            try checkNotStopped(tally, at: span)
            return tally.add(targets)
        }
        counted.stop(exceeding: atMost)
        let noun = effects.noun
        let place = before == 0 ? "" : own == nil && tally.isInScript ? " in this run" : " on this line"
        let rest =
            before == 0 ? "" : "; \(before) \(before == 1 ? "was" : "were") let through, the rest was not started"
        throw ZoshError(
            .refused, "\(all) \(noun)\(all == 1 ? "" : "s") would change\(place); --at-most allows \(atMost)\(rest)",
            at: span, remedy: "narrow the selection, or allow more with --at-most \(all)")
    }

    private static func checkNotStopped(_ tally: LineTally, at span: Span) throws {
        guard let limit = tally.exceededLimit ?? tally.whole.exceededLimit else { return }
        let isOfLine = tally.exceededLimit != nil || !tally.isInScript
        throw ZoshError(
            .refused,
            "not started: more would have changed \(isOfLine ? "on this line" : "in this run") than --at-most \(limit) "
                + "allows", at: span,
            remedy: isOfLine ? "run it on a separate line" : "allow more with --at-most, or run it separately")
    }
}

extension [any Effect] {
    /// What they change, for one of them: `user`.
    var noun: String {
        let nouns = Set(map(\.target.noun))
        let plain = Set(nouns.map { $0.hasPrefix("new ") ? String($0.dropFirst(4)) : $0 })
        return nouns.count == 1 ? self[0].target.noun : plain.count == 1 ? plain.first ?? "thing" : "thing"
    }
}
