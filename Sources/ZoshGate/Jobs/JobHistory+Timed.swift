public import ZoshKit

/// Jobs that wait for their time.
extension JobHistory {
    /// Those whose time has come and of which something is left to do, the earliest first.
    public func due() async throws -> [JobSummary] {
        try await unfinished().filter { $0.state == .due }.sorted { ($0.timing?.at ?? 0) < ($1.timing?.at ?? 0) }
    }

    /// One whose time has come and of which something is left to do.
    /// - Throws: `ZoshError` for another one, which says what it is.
    public func due(_ number: Int) async throws -> JobSummary {
        let job = try await job(number)
        guard let timing = job.timing else {
            throw ZoshError(.refused, "job \(number) has no time", remedy: "jobs show \(number)")
        }
        switch job.state {
        case .due: return job
        case .waiting:
            throw ZoshError(
                .refused, "job \(number) waits until \(timing.text)".neutralised, remedy: "jobs show \(number)")
        case .running:
            throw ZoshError(
                .refused, "another process is working on job \(number) right now", remedy: "wait until it has ended")
        case .done, .failed, .cancelled, .unfinished:
            throw ZoshError(
                .refused, "job \(number) is over (\(job.state.rawValue))", remedy: "jobs show \(number)")
        }
    }

    /// How many are due, by their headers alone.
    public func dueCount() async throws -> Int {
        var count = 0
        for item in try await store.open() where !JobHeader.isUndecided(item.header) {
            guard let timing = Timing(item.header), timing.isDue(at: now()) else { continue }
            if timing.state(at: now(), isRunning: await store.isHeld(item.number)) == .due { count += 1 }
        }
        return count
    }

    /// Those that are not over, the earliest first.
    public func timed() async throws -> [JobSummary] {
        try await unfinished().filter { $0.timing != nil }.sorted { ($0.timing?.at ?? 0) < ($1.timing?.at ?? 0) }
    }

    /// The connection that a timed job runs through: the one it was written with, whatever that is called now.
    /// - Throws: `ZoshError` when there is none any more.
    public func connection(of number: Int, among all: [ConnectionSummary]) async throws -> ConnectionSummary {
        guard let header = try await store.item(number)?.header, let timing = Timing(header) else {
            throw ZoshError(.notFound, "there is no timed job \(number)", remedy: "jobs list")
        }
        let fitting = all.filter { JobHeader.belongs(header, toOrganisationOf: $0) && $0.userID == timing.user }
        let name = header.string("connection") ?? ""
        if let found = fitting.first(where: { $0.name == name }) ?? fitting.first { return found }
        let place = header.string("organisation") ?? name
        throw ZoshError(
            .auth, "no connection is signed in to \(place) as \(timing.email), who wrote job \(number)".neutralised,
            remedy: "sign in as before: auth login \(name.neutralised)")
    }

    /// Whether there is a connection that a timed job can run through.
    public func hasConnection(_ number: Int, among all: [ConnectionSummary]) async throws -> Bool {
        do {
            _ = try await connection(of: number, among: all)
            return true
        } catch let error as ZoshError where error.kind == .auth { return false }
    }

    /// Takes a timed job over; from here on it is begun, whatever the clock says.
    /// - Returns: nil when it is over, not due, or a process is at it.
    func takeUp(_ number: Int) async throws -> (header: Row, record: JobRecord)? {
        guard running[number] == nil else { return nil }
        do { try await store.claim(number) } catch let error as ZoshError where error.kind == .refused { return nil }
        do {
            // Read only now: another process may just have run it.
            guard let item = try await store.item(number), !item.isFinished, !JobHeader.isUndecided(item.header),
                var timing = Timing(item.header), timing.isDue(at: now())
            else {
                await store.release(number)
                return nil
            }
            let record = try await record(of: number)
            try record.checkIsKnown(number)
            var header = item.header
            if timing.begun == nil {
                timing.begun = now()
                timing.note(in: &header)
                try await store.setHeader(header, of: number)
            }
            taken[number] = Dictionary(record.batches.compactMap { batch in batch.step.map { ($0, batch) } }) { $1 }
            return (header, record)
        } catch {
            await store.release(number)
            throw error
        }
    }

    // MARK: The way back: the scheduled undo of `--for`

    /// The step under which a way back is written down.
    static let stepBack = Origin.Step(run: 0, unit: 0, stage: 0)

    /// The job that puts back what another one changes, begun if there is none; it is on the disk when this returns.
    /// - Returns: it, and whether it was begun only now.
    /// - Throws: `ZoshError.refused` when its time has come already.
    func wayBack(
        of number: Int, after lasting: Int64, administrators: Bool, on connection: ConnectionSummary
    ) async throws -> (job: Int, timing: Timing, isNew: Bool) {
        for item in try await store.open() where JobHeader.undoes(item.header) == number {
            guard let timing = Timing(item.header), timing.isWayBack else { continue }
            guard !timing.isDue(at: now()) else {
                throw ZoshError(
                    .refused, "the time of job \(number) is over: job \(item.number) puts it back",
                    remedy: "jobs due")
            }
            return (item.number, timing, false)
        }
        var timing = Timing(at: now() + lasting, administrators: administrators, on: connection)
        timing.isWayBack = true
        let origin = Origin(line: LineTally("put back job \(number)"), undoes: number)
        var header = JobHeader.row(origin, connection, at: now())
        timing.note(in: &header)
        let back = try await store.begin(header)
        await store.release(back)
        return (back, timing, true)
    }

    /// What a way back changes. The job that it takes back is cancelled if it is not finished.
    /// - Throws: `ZoshError.refused` while a process is at that job.
    func changesBack(_ header: Row, _ record: JobRecord) async throws -> (changes: [Change], impossible: [Row]) {
        guard let number = JobHeader.undoes(header), let item = try await store.item(number),
            Timing(header)?.hasOwnRows != true
        else {
            // Its own copy, made before that job was removed, or once some of it was back.
            return (record.rows.compactMap(\.entry.change.change), [])
        }
        guard running[number] == nil else {
            throw ZoshError(.refused, "job \(number) is running", remedy: "jobs due")
        }
        if !item.isFinished { try await cancel(number) }
        var plan = UndoPlan(try await self.record(of: number))
        return (plan.changes(), plan.impossible)
    }

    /// Stores in each way back a copy of what it puts back, before the job that it takes back may be removed.
    /// - Returns: false while one of them is being run, so that nothing may be removed.
    func wayBacksAreWhole() async throws -> Bool {
        for item in try await store.open() {
            guard Timing(item.header)?.isWayBack == true, let number = JobHeader.undoes(item.header),
                try await store.item(number)?.isFinished == true
            else { continue }
            guard running[item.number] == nil, await !store.isHeld(item.number) else { return false }
            guard try await record(of: item.number).batches.isEmpty else { continue }
            let undone = try await record(of: number)
            // A newer version makes more of it.
            guard !undone.hasUnknown else { return false }
            let copy = changesBack(of: undone)
            try await store.append([JobEntry.batch(first: 0, Self.stepBack, copy).row], to: item.number)
        }
        return true
    }

    /// What takes back a job, with what its users are called.
    func changesBack(of record: JobRecord) -> [PlannedChange] {
        let names = Dictionary(record.rows.map { ($0.entry.change.effect.target, $0.entry.change.label) }) { $1 }
        var plan = UndoPlan(record)
        return plan.changes().map { change in
            var planned = PlannedChange(change)
            planned.name = names[change.target]
            // What is there by now is not known; it is put back from this.
            planned.current = change.expected
            return planned
        }
    }

    /// The changes of a job as they are shown: of a way back that has not begun, what it would put back.
    func rowsToShow(of item: StoredItem) async throws -> [(number: Int, entry: JobRecord.Entry)] {
        let record = try await record(of: item.number)
        guard record.batches.isEmpty, !item.isFinished, Timing(item.header)?.isWayBack == true,
            let number = JobHeader.undoes(item.header), try await store.item(number) != nil
        else { return record.rows }
        return changesBack(of: try await self.record(of: number)).enumerated().map { row, planned in
            (row + 1, JobRecord.Entry(change: planned))
        }
    }

    // MARK: Brakes

    /// Whom timed jobs of other lines change within some seconds of an instant.
    func users(
        waiting item: StoredItem, _ timing: Timing, within seconds: Int64, of instant: Int64
    ) async throws -> ChangedUsers {
        // A late one may run at any moment.
        guard abs(max(timing.at, now()) - instant) < seconds, !timing.isWayBack else { return ChangedUsers() }
        if let known = waitingChanges[item.number] { return known }
        let record = try await record(of: item.number)
        var users = ChangedUsers()
        for entry in record.all { entry.change.change.map { users.add($0) } }
        // What a line is still adding to is read again.
        if await !store.isHeld(item.number) { waitingChanges[item.number] = users }
        return users
    }
}
