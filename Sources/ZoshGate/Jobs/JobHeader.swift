internal import ZoshKit

/// What a job says of itself as a whole: which line, where, since when.
enum JobHeader {
    static func row(_ origin: Origin, _ connection: ConnectionSummary, at now: Int64) -> Row {
        [
            "text": .string(origin.line?.text ?? ""), "script": Value(origin.line?.place),
            "run": origin.step.map { .integer(Int64($0.run)) } ?? .null,
            "unit": origin.line?.firstUnit.map { .integer(Int64($0)) } ?? .null,
            "connection": .string(connection.name), "user": .string(connection.userID),
            "organisation": .string(connection.orgName), "org": .string(connection.orgID),
            "dc": .string(connection.dataCentre), "environment": .string(connection.environment.rawValue),
            "started": .integer(now), "ended": .null,
            "undoes": origin.undoes.map { .integer(Int64($0)) } ?? .null,
            "plan": Value(origin.plan?.digest), "plan_expires": origin.plan.map { .integer($0.expires) } ?? .null,
        ]
    }

    /// Whether no change of a job was confirmed yet; such a job is hidden, and removed when its process dies.
    static func isUndecided(_ header: Row) -> Bool { header["undecided"] != nil }

    /// The header of a job that is over.
    /// - Parameter isCancelled: whether what was open is given up.
    static func ended(_ header: Row, _ record: JobRecord, isCancelled: Bool, at now: Int64) -> Row {
        var header = header
        let counts = record.counts(isRunning: false)
        let state: JobSummary.State = isCancelled ? .cancelled : record.hasFailed ? .failed : .done
        header["state"] = .string(state.rawValue)
        header["ended"] = .integer(now)
        header["changed"] = CountedChange.kept(record, at: now)
        header["counts"] = .row(Row(counts.sorted { $0.key < $1.key }.map { ($0.key, .integer(Int64($0.value))) }))
        return header
    }

    /// Whether a job is of the same line of the same run with the same login, and for the same time: two connections to
    /// one organisation have a job each.
    static func belongs(
        _ header: Row, toLineOf origin: Origin, on connection: ConnectionSummary, for timing: Timing? = nil
    ) -> Bool {
        guard let run = origin.step?.run, let unit = origin.line?.firstUnit else { return false }
        return Timing(header) == timing && header["run"]?.integer == Int64(run)
            && header["unit"]?.integer == Int64(unit)
            && belongs(header, toOrganisationOf: connection)
            && [nil, connection.userID].contains(header.string("user"))
    }

    /// Whether a job is of a connection's organisation.
    static func belongs(_ header: Row, toOrganisationOf connection: ConnectionSummary) -> Bool {
        header.string("org") == connection.orgID && header.string("dc") == connection.dataCentre
            && header.string("environment") == connection.environment.rawValue
    }

    private static func place(_ header: Row) -> ConnectionPlace {
        let organisation = header.string("org").map {
            ConnectionPlace.Organisation(
                id: $0, dataCentre: header.string("dc") ?? "", environment: header.string("environment") ?? "")
        }
        return ConnectionPlace(name: header.string("connection") ?? "", organisation: organisation)
    }

    /// The script its line stands in.
    static func script(_ header: Row) -> String? {
        header.string("script").flatMap { place in place.lastIndex(of: ":").map { String(place[..<$0]) } }
    }

    static func undoes(_ header: Row) -> Int? { header["undoes"]?.integer.flatMap { Int(exactly: $0) } }

    static func isCancelled(_ header: Row) -> Bool {
        header.string("state") == JobSummary.State.cancelled.rawValue
    }

    static func summary(_ item: StoredItem, counts: [String: Int]?, isRunning: Bool, at now: Int64) -> JobSummary {
        let header = item.header
        let timing = Timing(header)
        let kept = (header["counts"]?.row?.fields ?? []).map {
            ($0.name, $0.value.integer.map { Int(clamping: $0) } ?? 0)
        }
        let state: JobSummary.State =
            item.isFinished
            ? header.string("state").flatMap(JobSummary.State.init) ?? .done
            : timing.map { $0.state(at: now, isRunning: isRunning) } ?? (isRunning ? .running : .unfinished)
        return JobSummary(
            number: item.number, state: state, line: header.string("text") ?? "", script: header.string("script"),
            place: place(header), organisation: header.string("organisation") ?? "",
            started: header["started"]?.integer ?? 0, ended: header["ended"]?.integer,
            counts: counts ?? Dictionary(kept) { $1 }, undoes: undoes(header),
            timing: timing?.summary, run: header["run"]?.integer.flatMap { Int(exactly: $0) })
    }
}
