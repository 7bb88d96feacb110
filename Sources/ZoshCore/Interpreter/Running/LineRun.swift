internal import ZoshKit

/// The run of one line that is not part of a replayed script: written down from its first pipeline on, so that it
/// can be taken up again as a script can.
actor LineRun {
    private let text: String
    private let place: String?
    private let variables: [String: Variable]
    private let aliases: [String: String]
    private let allowed: RunAllowance
    private let journal: Journal
    private let now: @Sendable () -> Int64
    private(set) var run: RunJournal?

    /// - Parameters:
    ///   - variables: those the line reads, as they are at its beginning.
    ///   - aliases: the session's, where the line uses one.
    ///   - allowed: what the session allows.
    init(
        _ text: String, at place: String?, _ variables: [String: Variable], _ aliases: [String: String],
        _ allowed: RunAllowance, in journal: Journal, now: @escaping @Sendable () -> Int64
    ) {
        self.text = text
        self.place = place
        self.variables = variables
        self.aliases = aliases
        self.allowed = allowed
        self.journal = journal
        self.now = now
    }

    /// A run that is taken up again.
    init(_ run: RunJournal, in journal: Journal) {
        (text, place, variables, aliases, allowed, now) = ("", nil, [:], [:], RunAllowance(), { 0 })
        self.journal = journal
        self.run = run
    }

    /// The journal, which begins with the first pipeline.
    func begin(as connection: ConnectionSummary?) async throws -> RunJournal {
        if let run { return run }
        var values: [(String, Value)] = []
        var rows: [(name: String, rows: KeptRows)] = []
        var lost: [Value] = []
        for (name, variable) in variables.sorted(by: { $0.key < $1.key }) {
            switch variable {
            case .value(let value): values.append((name, value))
            case .rows(let all, let columns, let isWhole):
                let kept = KeptRows(rows: all, columns: columns)
                if isWhole, !kept.isTooLarge { rows.append((name, kept)) } else { lost.append(.string(name)) }
            }
        }
        var header: Row = [
            "format": 2, "text": .string(text), "place": Value(place), "variables": .row(Row(values)),
            "lost": .list(lost),
            "aliases": .row(Row(aliases.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
            "connection": Value(connection?.name), "org": Value(connection?.orgID),
            "dc": Value(connection?.dataCentre), "environment": Value(connection?.environment.rawValue),
            "started": .integer(now()), "ended": .null,
        ]
        RunLogin.note(connection, in: &header)
        allowed.note(in: &header)
        let begun = RunJournal(try await journal.begin(header), header: header, in: journal)
        for (name, rows) in rows { await begun.keep(rows, of: name) }
        run = begun
        return begun
    }

    /// The line is over: it can be taken up again while something of it is left to do.
    /// - Parameter status: how the line ended.
    func end(isOpen: Bool, _ status: ExitStatus) async {
        guard let run else { return }
        let isLeft = await run.leavesJobs(after: status)
        // A run whose end is not written down stays open, and taking it up finds everything done.
        _ = try? await run.finish(isOpen || isLeft ? .interrupted : .done)
    }
}

extension TextRunner {
    /// What is to be written down of a line; nil when it changes nothing at Zoho by itself, or is part of a script's
    /// run.
    func ownRun(of line: PlannedLine) async -> LineRun? {
        guard journal == nil, let kept = interpreter.journal,
            line.statements.contains(where: { $0.ownPipelines.contains(where: \.containsWriteAtZoho) })
        else { return nil }
        // A dry run of what is left to do as well: it has to know what is done.
        if let resumed { return LineRun(resumed, in: kept) }
        let settings = await interpreter.session.settings
        guard !options.dryRun, !settings.dryRun, settings.plan == nil else { return nil }
        let text = source.excerpt(line.span)
        let read = Syntax.variables(in: text).compactMap { name in variables[name].map { (name, $0) } }
        let aliases = await interpreter.session.aliases
        return LineRun(
            text, at: source.name.map { _ in source.line(of: line.span) }, Dictionary(read) { $1 },
            Aliases.expanded(text, aliases) == text ? [:] : aliases, RunAllowance(settings), in: kept,
            now: interpreter.dates.now)
    }

    /// Closes the jobs of a line, and says what can be continued.
    /// - Parameter status: how the line ended.
    func endLine(_ run: LineRun?, _ status: ExitStatus) async {
        let ends = await tally.end()
        await run?.end(isOpen: ends.contains(where: \.isOpen), status)
        var notes: [String] = []
        for end in ends {
            if let note = end.note { notes.append(note) }
            if !end.isOpen {
                // Which number to ask for later; a program asks for the list.
                if end.note == nil, await interpreter.session.settings.interactive { notes.append("job \(end.job)") }
            } else if run != nil, interpreter.journal?.runs.outlastsProcess == true || options.isTyped {
                notes.append(
                    "job \(end.job) is not finished; continue with: jobs resume \(end.job)\(tally.neededOptions)")
            }
        }
        if !notes.isEmpty { await sink.conclude(RowOutcome(notes: notes)) }
    }
}
