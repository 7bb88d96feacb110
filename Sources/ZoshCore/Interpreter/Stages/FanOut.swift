internal import ZoshKit

/// `on acme,globex users list`, `on tag:clients …`, `on all …`: one command over several connections, their rows as one
/// stream with a `connection` column.
struct FanOut: CoreCommand {
    let signature = Signature(
        "on", "Run one command on several connections", facts: [.fansOut, .keepsFields], effect: .local
    ) {
        Argument("connections", .list(.connection), "Names, tag:NAME, or all")
        Argument("command", .pipeline, "A command that speaks to Zoho; the stages after it see all rows")
    }

    let examples = [
        Example("on all users list type=AdminUsers | group connection", "administrators by organisation"),
        Example("on all users list limit=1 | select connection, email", "one row of each"),
    ]

    /// Reads `CONNECTIONS COMMAND …`: the command belongs to the stage and is planned like a separate block.
    static func plan(
        _ stage: Stage, _ entry: CommandRegistry.Entry, after count: Int, hasInput: Bool, dates: DateReader,
        inner plan: (Stage) throws(ZoshError) -> [PlannedStage]
    ) throws(ZoshError) -> PlannedStage {
        let place = stage.elements[0].span
        let rest = stage.elements.dropFirst(count)
        guard let targets = rest.first, let first = rest.dropFirst().first, let last = rest.last else {
            throw ZoshError(
                .usage, "'on' needs connections and a command", at: place, remedy: "on acme,globex users list")
        }
        let planned = PlannedStage(action: .command(entry), name: place, span: stage.span)
        let commandSpan = first.span.union(last.span)
        let commands = try plan(Stage(elements: Array(rest.dropFirst()), span: commandSpan))
        guard commands.count == 1, let command = commands.first else {
            throw ZoshError(
                .usage, "'on' runs one command, and this alias is several", at: first.span,
                remedy: "put the other stages after it")
        }
        guard let signature = command.signature,
            signature.effect == .reads || signature.effect == .writes || signature.states(.worksPerConnection)
        else {
            throw ZoshError(
                .usage, "'on' runs commands that speak to Zoho", at: command.name, remedy: "on all users list")
        }
        let pipeline = PlannedPipeline(stages: [command], span: commandSpan)
        let statement = PlannedStatement(condition: .always, action: .run(pipeline), span: commandSpan)
        let block = PlannedBlock(statements: [statement], span: commandSpan)
        let marker = Element.block(Block(statements: [], span: commandSpan))
        return try Binder.bind(planned, entry.signature, [targets, marker], hasInput: hasInput, dates: dates) { _ in
            block
        }
    }

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard case .run(let pipeline)? = core.block?.statements.first?.action else { return .none }
        let runner = core.runner
        let journal = pipeline.writesAtZoho ? core.journal : nil
        let connections = try await Self.connections(call, shell, journal)
        let names = connections.map(\.name)
        // Only a limit needs all of them counted; without one each connection is read when its turn comes.
        let isLimited =
            pipeline.isWrite && (shell.session.atMost != nil || pipeline.stages.contains(where: \.isLimited))
        let asks =
            pipeline.writesAtZoho && names.count > 1 && shell.session.interactive && !shell.session.yes
            && !runner.text.options.yes && !runner.text.isDry(pipeline, shell.session)
        let question = asks ? SharedQuestion(of: names.count) : nil
        let legs = zip(names, names.indices).map { name, index in
            let turn = isLimited || asks ? FanOutTurn(of: name, asking: question?.parts[index]) : nil
            return FanOutRows.Leg(name: name, turn: turn) {
                let now = try await runner.text.interpreter.contexts.context(
                    of: name, progress: runner.shell.progress)
                let isDry = runner.text.isDry(pipeline, now.session)
                let context = isDry ? now.foreseeing(runner.text.line.foreseen) : now
                for stage in pipeline.stages { try Admission.check(stage, context.session) }
                return try await PipelineRunner(
                    text: runner.text, shell: context, it: runner.it, allowsProse: false, journal: journal?.run,
                    turn: turn
                ).start(pipeline).stream
            }
        }
        // What is stored changes one connection after the other.
        let rows = FanOutRows(
            legs, atOnce: pipeline.isWrite && !asks ? 1 : FanOutRows.mostAtOnce, finishes: pipeline.isWrite,
            asking: question, through: shell.console, after: runner.text.tally.whole.hasChanged)
        var columns = try await rows.columns()
        columns.connections = connections.map(\.place)
        return RowStream(columns, from: rows)
    }

    /// The connections meant. A run that writes keeps to those it began with, whatever was added or tagged since.
    private static func connections(_ call: Call, _ shell: ShellContext, _ journal: StageJournal?) async throws
        -> [ConnectionSummary]
    {
        let all = try await shell.connections.all()
        if let kept = call.input {
            return try await kept.collect().map { row in
                let place = ConnectionPlace(entry: .row(row))
                let found = try ConnectionSearch.named(place.name, among: all)
                guard !place.isTaken(by: found) else {
                    throw ConnectionSearch.isAnother(place.name, since: "the line was begun")
                }
                return found
            }
        }
        let meant = try connections(call.values("connections"), all)
        _ = await journal?.keep(KeptRows(rows: meant.compactMap(\.place.entry.row)))
        return meant
    }

    /// The connections a planned fan-out means, as far as they are written out.
    static func connections(named stage: PlannedStage, _ shell: ShellContext) async throws -> [ConnectionSummary] {
        let values = stage.given.compactMap { given -> BoundValue? in
            if given.parameter.name == "connections", case .value(let value) = given.source { value } else { nil }
        }
        return values.isEmpty ? [] : try connections(values, try await shell.connections.all())
    }

    /// Every connection meant, once, in the order meant.
    static func connections(_ wanted: [BoundValue], _ all: [ConnectionSummary]) throws -> [ConnectionSummary] {
        guard !all.isEmpty else { throw ZoshError.notSignedIn }
        var meant: [ConnectionSummary] = []
        // A variable holds its list as text.
        let wanted = wanted.flatMap { value in
            value.text.split(separator: ",").map { BoundValue(.string(String($0)), at: value.span) }
        }
        for value in wanted {
            let found: [ConnectionSummary]
            if value.text == "all" {
                found = all
            } else if value.text.hasPrefix("tag:") {
                let tag = String(value.text.dropFirst(4))
                found = all.filter { $0.tags.contains(tag) }
                guard !found.isEmpty else {
                    let tags = Set(all.flatMap(\.tags)).sorted()
                    throw ZoshError(
                        .notFound, "no connection has the tag '\(tag)'", at: value.span,
                        remedy: Suggestion.remedy(for: tag, among: tags)
                            ?? (tags.isEmpty ? "connections tag NAME \(tag)" : "there are: \(tags.fewNames)"))
                }
            } else {
                // A column may name organisations.
                let name = OrganisationColumn.name(value.text, among: all) ?? value.text
                found = [try ConnectionSearch.named(name, among: all, at: value.span)]
            }
            meant += found.filter { !meant.contains($0) }
        }
        return meant
    }
}

extension PlannedStage {
    /// Whether `--at-most` is written at it.
    fileprivate var isLimited: Bool { given.contains { $0.parameter.name == "at-most" } }
}
