internal import ZoshKit

/// A field that a timed job will set.
struct WaitingField: Sendable {
    let job: Int
    let timing: Timing
    let isDue: Bool
    /// The job whose change it takes back; nil for what is not a scheduled undo.
    let undoes: Int?
    /// The value as Zoho will show it.
    let value: Value
}

extension JobHistory {
    /// The fields that timed jobs at a connection's organisation will set, by record and name.
    /// - Parameter own: jobs that the caller continues or undoes: they and their scheduled undos are left out.
    func waitingFields(on connection: ConnectionSummary, besides own: Set<Int>) async throws
        -> [EffectTarget: [String: WaitingField]]
    {
        var fields: [EffectTarget: [String: WaitingField]] = [:]
        for item in try await store.open() where JobHeader.belongs(item.header, toOrganisationOf: connection) {
            guard let timing = Timing(item.header), !JobHeader.isUndecided(item.header), !own.contains(item.number)
            else { continue }
            let undoes = timing.isWayBack ? JobHeader.undoes(item.header) : nil
            if let undoes, own.contains(undoes) { continue }
            for change in try await changesLeft(of: item, timing) {
                for (name, value) in change.fields.fields where fields[change.target]?[name] == nil {
                    fields[change.target, default: [:]][name] = WaitingField(
                        job: item.number, timing: timing, isDue: timing.isDue(at: now()), undoes: undoes,
                        value: change.shown[name] ?? value)
                }
            }
        }
        return fields
    }

    /// What a timed job has still to do.
    private func changesLeft(of item: StoredItem, _ timing: Timing) async throws -> [Change] {
        if timing.begun == nil, let known = changesToCome[item.number] { return known }
        let record = try await record(of: item.number)
        guard record.batches.isEmpty, timing.isWayBack, let number = JobHeader.undoes(item.header),
            let undone = try await store.item(number)
        else {
            let left = record.all.filter { $0.report?.outcome.isFailure != false }.compactMap(\.change.change)
            if timing.begun == nil, await !store.isHeld(item.number) { changesToCome[item.number] = left }
            return left
        }
        var given = try await self.record(of: number)
        if !undone.isFinished, await store.isHeld(number) {
            // Its requests may leave at any time.
            for batch in given.batches {
                for row in batch.first..<batch.first + batch.entries.count where given.isOpen(row) {
                    given.add(.intent(row: row, at: now()))
                }
            }
        }
        var plan = UndoPlan(given)
        let left = plan.changes()
        if undone.isFinished { changesToCome[item.number] = left }
        return left
    }
}
