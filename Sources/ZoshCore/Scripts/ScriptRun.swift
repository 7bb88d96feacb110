internal import ZoshKit

/// Which run of a script this is: a new one, or an earlier one taken up again.
struct ScriptRun {
    let store: any JournalStore
    /// The script's whole path; runs are found by it.
    let path: String
    let source: SourceText
    let connection: ConnectionSummary?
    let now: @Sendable () -> Int64

    /// The latest run of the script in this organisation.
    func latest() async throws -> StoredRun? {
        try await all().max { Self.age($0) < Self.age($1) }
    }

    func begin(_ values: [String: Variable], at span: Span) async throws -> RunJournal {
        var header = header(values)
        let run = StoredRun(id: try await store.begin(header), header: header)
        do {
            // Of two that start at the same moment and both find nobody, the one that began later gives way.
            for other in try await all()
            where other.id != run.id && Self.isOpen(other) && Self.age(other) < Self.age(run) {
                try await checkNobody(runs: other, at: span)
            }
        } catch {
            header["withdrawn"] = true
            try await store.setHeader(header, of: run.id)
            await store.release(run.id)
            throw error
        }
        return RunJournal(run.id, header: header, in: store, now: now)
    }

    /// Every run of the script in this organisation that got to its first line.
    private func all() async throws -> [StoredRun] {
        try await store.runs().filter {
            $0.header.string("script") == path && place($0.header) == place(header([:]))
                && $0.header["withdrawn"] != true
        }
    }

    private static func age(_ run: StoredRun) -> (Int64, String) { (run.header["started"]?.integer ?? 0, run.id) }

    /// - Throws: `ZoshError` when there is nothing to take up, or another process is at it.
    func resume(_ latest: StoredRun?, isDry: Bool, at span: Span) async throws -> RunJournal {
        guard let latest else {
            throw ZoshError(.notFound, "this script has not run here before", at: span, remedy: "leave --resume out")
        }
        guard Self.isOpen(latest) else {
            throw ZoshError(
                .refused, "the last run of this script came to its end", at: span,
                remedy: "leave --resume out to run it again")
        }
        try await store.claim(latest.id)
        let earlier = EarlierRun(try await store.entries(of: latest.id))
        // A dry run only reads; nobody has to wait for it.
        if isDry { await store.release(latest.id) }
        return RunJournal(latest.id, header: latest.header, after: earlier, in: store, isDry: isDry, now: now)
    }

    /// - Throws: `ZoshError.refused` while another process is at the run: beside it, a later --resume would not know
    ///   which of the two to take up.
    func checkNobody(runs former: StoredRun, at span: Span) async throws {
        do {
            try await store.claim(former.id)
        } catch {
            throw ZoshError.placed(error, at: span)
        }
        await store.release(former.id)
    }

    /// Whether something of the run may be left to do.
    static func isOpen(_ run: StoredRun) -> Bool { run.header["ended"]?.integer != 0 }

    func isUnchanged(since run: StoredRun) -> Bool { run.header.string("digest") == Digest.of(source.text) }

    /// The parameters of a run, by name, as text.
    static func parameters(of run: StoredRun) -> [String: String] {
        let row = run.header["parameters"]?.row ?? Row()
        return Dictionary(row.fields.map { ($0.name, $0.value.text) }) { $1 }
    }

    private func header(_ values: [String: Variable]) -> Row {
        let parameters = values.sorted { $0.key < $1.key }.compactMap { name, variable -> (String, Value)? in
            if case .value(let value) = variable { (name, .string(value.text)) } else { nil }
        }
        return [
            "script": .string(path), "digest": .string(Digest.of(source.text)), "parameters": .row(Row(parameters)),
            "connection": Value(connection?.name), "org": Value(connection?.orgID), "dc": Value(connection?.dataCentre),
            "environment": Value(connection?.environment.rawValue), "started": .integer(now()), "ended": .null,
        ]
    }

    private func place(_ header: Row) -> [String] { ["org", "dc", "environment"].map { header[$0]?.text ?? "" } }
}
