internal import ZoshKit

/// Refuses, before the first call, when more distinct targets would change on this line than the person allowed.
enum CountStage {
    /// - Parameters:
    ///   - own: what the command allows; it is counted over the line the command stands in. The session's ceiling is
    ///     counted over the line typed, scripts included, whatever their lines allow; without a person, over all lines.
    ///   - tally: what the line has changed so far; a loop or a fan-out comes here many times.
    static func check(
        _ effects: [any Effect], atMost own: Int?, _ session: SessionSnapshot, _ tally: LineTally, at span: Span
    ) throws {
        guard !effects.isEmpty else { return }
        let targets = LineTally.targets(of: effects, on: session.connection?.name)
        if let own, let (all, rest) = excess(of: targets, over: own, in: tally, " on this line") {
            throw ZoshError(
                .refused, sentence(all, effects.noun, own, rest), at: span,
                remedy: "narrow the selection, or allow more with --at-most \(all)")
        }
        let counted = tally.underCeiling
        let isOfLine = !tally.isInScript && tally.count(adding: []).before == counted.count(adding: []).before
        let place = isOfLine ? " on this line" : " in this run"
        if let ceiling = session.atMost, let (all, rest) = excess(of: targets, over: ceiling, in: counted, place) {
            throw ZoshError(
                .refused, sentence(all, effects.noun, ceiling, rest), at: span,
                remedy: "narrow the selection, or start zosh with --at-most \(all)")
        }
        try checkNotStopped(tally, at: span)
        tally.add(targets)
    }

    /// How many there would be, and what is said of those before; nil when they are not too many.
    private static func excess(
        of targets: Set<LineTally.Target>, over limit: Int, in counted: LineTally, _ place: String
    ) -> (all: Int, rest: (place: String, end: String))? {
        let (all, before) = counted.count(adding: targets)
        guard all > limit else { return nil }
        counted.stop(exceeding: limit)
        guard before > 0 else { return (all, ("", "")) }
        return (all, (place, "; \(before) \(before == 1 ? "was" : "were") let through, the rest was not started"))
    }

    private static func sentence(_ all: Int, _ noun: String, _ limit: Int, _ rest: (place: String, end: String))
        -> String
    {
        "\(all) \(noun)\(all == 1 ? "" : "s") would change\(rest.place); --at-most allows \(limit)\(rest.end)"
    }

    private static func checkNotStopped(_ tally: LineTally, at span: Span) throws {
        guard let limit = tally.exceededLimit ?? tally.whole.exceededLimit ?? tally.underCeiling.exceededLimit else {
            return
        }
        let isOfLine = tally.exceededLimit != nil
        throw ZoshError(
            .refused,
            "not started: more would have changed \(isOfLine ? "on this line" : "in this run") than --at-most \(limit) "
                + "allows", at: span,
            remedy: isOfLine
                ? "run it on a separate line" : "start zosh with a larger --at-most, or run it separately")
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
