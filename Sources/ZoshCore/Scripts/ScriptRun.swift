internal import ZoshKit

/// Which run of a script this is: a new one, or an earlier one taken up again.
struct ScriptRun {
    let journal: Journal
    /// The script's whole path; runs are found by it.
    let path: String
    let source: SourceText
    let connection: ConnectionSummary?
    let now: @Sendable () -> Int64

    /// The run of the script in this organisation that did not come to its end; the latest of several.
    func unfinished() async throws -> StoredItem? { try await open().last }

    /// - Parameters:
    ///   - flags: those of `inheritedFlags` that it runs with.
    ///   - allowed: what its session allows.
    func begin(_ values: [String: Variable], _ flags: Set<String>, _ allowed: RunAllowance, at span: Span) async throws
        -> RunJournal
    {
        var header = header(values)
        header["flags"] = .list(flags.sorted().map(Value.string))
        RunLogin.note(connection, in: &header)
        allowed.note(in: &header)
        let number = try await journal.begin(header)
        do {
            // Of two runs that start at the same moment and find no other, the later one stops.
            for other in try await open() where other.number < number { try await checkNotRunning(other, at: span) }
            // Those before it are not continued any more: this one begins again.
            for other in try await open() where other.number < number {
                try await journal.runs.finish(other.number, other.header)
            }
        } catch {
            header["withdrawn"] = true
            try await journal.runs.finish(number, header)
            throw error
        }
        return RunJournal(number, header: header, in: journal)
    }

    /// The runs of the script in this organisation that may be continued, in the order they began.
    private func open() async throws -> [StoredItem] {
        try await journal.runs.open().filter { isOurs($0.header) }
    }

    private func isOurs(_ header: Row) -> Bool {
        Self.isRun(header, of: path) && place(header) == place(self.header([:]))
    }

    private static func isRun(_ header: Row, of path: String) -> Bool {
        header.string("script") == path && header["withdrawn"] != true
    }

    /// Flags a resumed run keeps from its first start.
    static let inheritedFlags = ["allow-external", "keep-going", "map", "step"]

    /// Flags of the run to resume. They are read first, because `--map` decides the connection.
    /// - Parameter here: the connection chosen, if one is.
    static func flags(
        ofRun source: SourceText, _ path: String, at here: ConnectionSummary?, in journal: Journal
    ) async throws -> Set<String> {
        let run = try await journal.runs.open().last {
            let org = $0.header.string("org")
            return isRun($0.header, of: path) && (here == nil || org == nil || org == here?.orgID)
        }
        var flags = Set((run?.header["flags"]?.list ?? []).map(\.text))
        // What was read before it was allowed was another text.
        if run?.header.string("digest") != Digest.of(source.text) { flags.remove("allow-external") }
        return flags
    }

    /// - Throws: `ZoshError` when there is nothing to take up, another process is at it, or it was begun with another
    ///   login.
    func resume(_ latest: StoredItem?, isDry: Bool, at span: Span) async throws -> RunJournal {
        guard let latest else { throw try await nothingToResume(at: span) }
        guard !latest.isOfOlderVersion else { throw Self.olderRun(at: span) }
        if let refusal = RunLogin.refusal("the run of this script", latest.header, connection, at: span) {
            throw refusal
        }
        do { return try await journal.resume(latest, isDry: isDry) } catch { throw ZoshError.placed(error, at: span) }
    }

    /// Why no run can be continued.
    private func nothingToResume(at span: Span) async throws -> ZoshError {
        var before: Int?
        while true {
            let page = try await journal.runs.latest(100, before: before)
            guard let last = page.last else { break }
            if let former = page.first(where: { isOurs($0.header) }) {
                // Its series is over once `jobs prune` has forgotten it, although the script never came to its end.
                guard former.header["ended"]?.integer != 0, former.isOfOlderVersion else {
                    return ZoshError(
                        .refused, "the last run of this script finished", at: span,
                        remedy: "leave --resume out to run it again")
                }
                return Self.olderRun(at: span)
            }
            before = last.number
        }
        return ZoshError(.notFound, "this script has not run here before", at: span, remedy: "leave --resume out")
    }

    private static func olderRun(at span: Span) -> ZoshError {
        ZoshError(
            .refused, "an older zosh began the last run of this script and left no record that this one can continue",
            at: span, remedy: "check what it has changed, then run the rest of the script without --resume")
    }

    /// What is said of a former run before another one begins in its place.
    static func note(replacing former: StoredItem) -> String {
        former.isOfOlderVersion
            ? "An older zosh began the last run of this script and left no record that this one can continue; "
                + "check what it has changed"
            : "The last run of this script did not finish; --resume would have continued it"
    }

    /// - Throws: `ZoshError.refused` while another process is at the run: beside it, a later --resume would not know
    ///   which of the two to take up.
    func checkNotRunning(_ former: StoredItem, at span: Span) async throws {
        do {
            try await journal.runs.claim(former.number)
        } catch {
            throw ZoshError.placed(error, at: span)
        }
        await journal.runs.release(former.number)
    }

    func isUnchanged(since run: StoredItem) -> Bool { run.header.string("digest") == Digest.of(source.text) }

    /// The parameters of a run, by name, as text.
    static func parameters(of run: StoredItem) -> [String: String] {
        let row = run.header["parameters"]?.row ?? Row()
        return Dictionary(row.fields.map { ($0.name, $0.value.text) }) { $1 }
    }

    private func header(_ values: [String: Variable]) -> Row {
        let parameters = values.sorted { $0.key < $1.key }.compactMap { name, variable -> (String, Value)? in
            if case .value(let value) = variable { (name, .string(value.text)) } else { nil }
        }
        return [
            "format": 2,
            "script": .string(path), "digest": .string(Digest.of(source.text)), "parameters": .row(Row(parameters)),
            "connection": Value(connection?.name), "org": Value(connection?.orgID), "dc": Value(connection?.dataCentre),
            "environment": Value(connection?.environment.rawValue), "started": .integer(now()), "ended": .null,
        ]
    }

    private func place(_ header: Row) -> [String] { ["org", "dc", "environment"].map { header[$0]?.text ?? "" } }
}
