internal import ZoshKit

/// Refuses changes with `--for` that could not be undone when their time is over.
enum WayBackStage {
    /// - Throws: `ZoshError.refused` before anything is changed, when something of it could not be put back.
    static func check(_ planned: [PlannedChange], _ session: SessionSnapshot, at span: Span) throws {
        let open = planned.filter { $0.settled == nil }
        guard !open.isEmpty else { return }
        // As if all of it had been sent.
        var record = JobRecord()
        record.add(.batch(first: 0, nil, open))
        for row in open.indices { record.add(.intent(row: row, at: 0)) }
        var undo = UndoPlan(record)
        let changes = undo.changes()
        if let row = undo.impossible.first {
            throw ZoshError(
                .refused,
                "this cannot be put back for \((row.string("subject") ?? "").neutralised): "
                    + (row.string("message") ?? ""),
                at: span, remedy: "leave --for out")
        }
        do { try SelfStage.check(changes, session, at: span) } catch {
            throw ZoshError(
                .refused, "putting it back would lock you out yourself", at: span, remedy: "leave --for out")
        }
    }
}
