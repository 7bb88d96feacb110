internal import ZoshKit

/// A scheduled undo of which something was put back before its time.
struct ShortenedWayBack: Sendable {
    let job: Int
    let timing: Timing
    /// How many records it still puts back; none when it is given up.
    let left: Int
}

extension JobHistory {
    /// Takes out of the scheduled undo of a job what an undo of that job has put back, so that it is not put back a
    /// second time: someone may set it again meanwhile. It is given up when nothing is left.
    /// - Parameter record: that of the undo.
    /// - Returns: nil where there is no scheduled undo, or all of it is left.
    /// - Throws: `ZoshError.refused` while a process is at it.
    func shortenWayBack(of number: Int, by record: JobRecord) async throws -> ShortenedWayBack? {
        let settled = Set(record.rows.filter(\.entry.fate.isDone).map(\.entry.change.effect.target))
        for item in try await store.open() where JobHeader.undoes(item.header) == number {
            guard !settled.isEmpty, Timing(item.header)?.isWayBack == true else { continue }
            return try await shorten(item.number, of: number, by: settled)
        }
        return nil
    }

    private func shorten(_ back: Int, of number: Int, by settled: Set<EffectTarget>) async throws -> ShortenedWayBack? {
        guard running[back] == nil else {
            throw ZoshError(.refused, "job \(back) is running", remedy: "jobs show \(back)")
        }
        try await store.claim(back)
        do {
            // Read only now: another process may just have run it.
            guard let item = try await store.item(back), !item.isFinished, var timing = Timing(item.header) else {
                await store.release(back)
                return nil
            }
            // What this version cannot put back, a newer one still can.
            guard try await !record(of: number).hasUnknown else {
                await store.release(back)
                return nil
            }
            let all = try await changesOfWayBack(item, timing, of: number)
            let left = all.filter { !settled.contains($0.effect.target) }
            // What was tried already is only looked at again where it is back.
            if !left.isEmpty, left.count < all.count, timing.begun == nil {
                try await store.append([JobEntry.batch(first: 0, Self.stepBack, left).row], to: back)
                timing.hasOwnRows = true
                var header = item.header
                timing.note(in: &header)
                try await store.setHeader(header, of: back)
                changesToCome[back] = nil
            }
            await store.release(back)
            if left.isEmpty { try await cancel(back) }
            return left.isEmpty || left.count < all.count
                ? ShortenedWayBack(job: back, timing: timing, left: left.count) : nil
        } catch {
            await store.release(back)
            throw error
        }
    }

    private func changesOfWayBack(_ item: StoredItem, _ timing: Timing, of number: Int) async throws
        -> [PlannedChange]
    {
        guard !timing.hasOwnRows, try await store.item(number) != nil else {
            return try await record(of: item.number).rows.map(\.entry.change)
        }
        return changesBack(of: try await record(of: number))
    }
}
