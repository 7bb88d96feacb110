internal import ZoshKit

/// That no plan is applied twice.
extension JobHistory {
    /// The job that applies a plan, or has applied it; nil where there is none.
    /// - Parameter made: when the plan was made; no job that applies it is older.
    func job(applying digest: String, madeAt made: Int64) async throws -> StoredItem? {
        try await jobs(applying: digest, since: made - Self.clockChange).last
    }

    /// - Parameter number: the job that is about to apply the plan.
    /// - Throws: `ZoshError.refused` when another one has begun before it: of two processes one is the first.
    func checkIsFirst(_ number: Int, toApply plan: PlanMark?) async throws {
        guard let plan else { return }
        let since = plan.expires - PlanMark.lifetime - Self.clockChange
        guard let other = try await jobs(applying: plan.digest, since: since).last, other.number < number else {
            return
        }
        throw Self.applied(by: other)
    }

    /// The jobs of a plan, the latest first.
    private func jobs(applying digest: String, since: Int64) async throws -> [StoredItem] {
        var found: [StoredItem] = []
        var before: Int?
        while true {
            let page = try await store.latest(50, before: before)
            for item in page where JobHeader.plan(item.header) == digest {
                if try await hasBegun(item) { found.append(item) }
            }
            guard let last = page.last, (last.header["started"]?.integer ?? 0) >= since else { return found }
            before = last.number
        }
    }

    /// Whether a process is at a job, or has let something of it through: one that died before, or found no room, has
    /// done nothing of its plan.
    private func hasBegun(_ item: StoredItem) async throws -> Bool {
        if !item.isFinished, await store.isHeld(item.number) { return true }
        guard !JobHeader.isUndecided(item.header) else { return false }
        return try await !record(of: item.number).rows.isEmpty
    }

    static func applied(by item: StoredItem) -> ZoshError {
        let number = item.number
        return ZoshError(
            .refused,
            JobHeader.isCancelled(item.header)
                ? "this plan was started by job \(number), which was cancelled"
                : item.isFinished
                    ? "this plan was already applied by job \(number)"
                    : "this plan was already started by job \(number), which is not finished",
            remedy: item.isFinished ? "jobs show \(number)" : "jobs resume \(number)")
    }
}

extension JobHeader {
    /// The digest of the plan that a job applies.
    static func plan(_ header: Row) -> String? { header.string("plan") }

    /// Whether a job is what keeps a plan from being applied a second time.
    static func guardsPlan(_ header: Row, at now: Int64) -> Bool { (header["plan_expires"]?.integer ?? .min) > now }
}
