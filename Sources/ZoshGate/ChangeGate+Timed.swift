internal import ZoshKit

/// Changes that wait for their time.
extension ChangeGate {
    /// When a call's changes are to be made; nil for now.
    /// - Throws: `ZoshError.usage` for a time in the past, and where nothing could wait.
    func timing(of planned: [PlannedChange], for call: Call) throws -> Timing? {
        guard call.write.at != nil || call.write.lasting != nil else { return nil }
        guard let connection = session.connection, history != nil, call.origin.line != nil, call.origin.step != nil
        else {
            throw ZoshError(.usage, "--at and --for need a login", at: call.span, remedy: "auth login")
        }
        guard let time = call.write.at else { return nil }
        try checkIsToCome(time, of: planned, at: call.span)
        return Timing(
            time, lasting: call.write.lasting, administrators: call.write.administrators || session.administrators,
            on: connection)
    }

    func checkIsToCome(_ time: ChosenTime, of planned: [PlannedChange], at span: Span) throws {
        guard let now = history?.now(), time.instant <= now, planned.contains(where: { $0.settled == nil }) else {
            return
        }
        throw ZoshError(
            .usage, "\(time.text) was \(TimeLength.text(now - time.instant)) ago", at: span,
            remedy: "use a later time, or leave out --at")
    }

    /// Writes down what is to be done later: each change with what it was decided on by, and settles it as planned.
    func keep(_ planned: inout [PlannedChange], in step: inout SpooledStep?, until time: ChosenTime) async throws {
        await ReferenceNames.fill(&planned, from: executor)
        let open = planned.filter { $0.settled == nil }
        if !open.isEmpty {
            let kept = open.map { one in
                var kept = one
                kept.effect = one.change.map { Self.bound($0, one.current) } ?? one.effect
                return kept
            }
            try await step?.keep(kept, until: time)
        }
        DryRunStage.settle(&planned)
    }

    /// A change as it is made later: refused as a whole when a field that it sets, or by whom it is known, has another
    /// value by then. What takes a job back says by itself what it expects.
    private static func bound(_ change: Change, _ current: Row?) -> Change {
        guard change.expected.count == 0, let current else { return change }
        return change.expecting(current, seen: current)
    }
}

extension SpooledStep {
    /// Writes down changes that wait; they are on the disk when this returns.
    /// - Throws: `ZoshError.refused` when one is of a record that the line changes at that time already: it was decided
    ///   on by what the record is now.
    mutating func keep(_ changes: [PlannedChange], until time: ChosenTime) async throws {
        let before = await job.targets
        if let twice = changes.first(where: { before.contains($0.effect.target) }) {
            throw ZoshError(
                .refused, "two commands of this line change \(ChangeWords.subject(twice)) at \(time.text)",
                remedy: "write them on two lines, with two times")
        }
        var start = 0
        while start < changes.count {
            let range = start..<min(start + PlannedChange.perPage, changes.count)
            try await add(range, of: changes)
            start = range.upperBound
        }
        _ = try await begin(changes)
        await job.say(time)
    }
}
