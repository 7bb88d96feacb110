internal import ZoshKit

/// Makes one stream out of a planned pipeline: binds every stage, checks what the grant allows, then connects them.
///
/// All stages are bound and checked before the first one runs, so a mistake in the last stage costs no request.
struct PipelineRunner: Sendable {
    let text: TextRunner
    let shell: ShellContext
    /// The row a block runs for.
    let it: CurrentRow?
    /// Whether only a person will read the result.
    let allowsProse: Bool
    /// Where the run of a script that may be taken up again is written down; nil in blocks that only read.
    let journal: RunJournal?
    /// Where its writes wait until those of the other connections are counted; only a fan-out that writes has one.
    var turn: FanOutTurn?
    /// The rows of a write that belong to this connection, where its rows are of several.
    var routed: RoutedRows?
    /// Whether all rows are read and kept in a variable before one of them is used.
    var keepsRows = false

    var files: any FileReading {
        text.journal.map { WatchedFiles(files: text.interpreter.files, journal: $0) } ?? text.interpreter.files
    }

    var resolver: ValueResolver {
        ValueResolver(variables: text.variables, it: it, files: files, dates: text.interpreter.dates)
    }

    struct Running: Sendable {
        let stream: RowStream
        /// The last stage's call, which the sink receives.
        let call: Call
        /// The last stage, when it has prose to show in place of rows.
        let prose: (command: any ProseCommand, core: CoreContext)?
    }

    /// Binds and checks the stages, then connects them.
    /// - Parameter unit: what the stages tell the journal, and where an earlier attempt had come to.
    func connect(_ pipeline: PlannedPipeline, journaledBy unit: UnitJournal? = nil) async throws -> Running {
        let takeover = unit?.takeover.flatMap { pipeline.stages.indices.contains($0.stage) ? $0 : nil }
        let first = takeover?.stage ?? 0
        var stream: RowStream?
        var taken: [Change]?
        switch takeover {
        case .changes(_, let changes): taken = changes
        case .rows(_, let source): stream = RowStream(source.columns, rows: source.rows, outcome: source.outcome)
        case nil: break
        }
        try checkDoubts(of: pipeline)
        var bound: [Bound] = []
        for stage in pipeline.stages[first...] {
            do {
                // Rows may name other connections than the current one.
                if stage.signature?.routesRows != true { try Admission.check(stage, shell.session) }
                try await checkPlaces(of: stage)
                bound.append(try await bind(stage))
            } catch {
                throw ZoshError.placed(error, at: stage.span)
            }
        }
        var last: Running?
        for (index, stage) in bound.enumerated() {
            let running = try await run(
                stage, input: stream, in: pipeline, unit?.stage(first + index), taking: index == 0 ? taken : nil,
                isKept: index == 0 && stream != nil)
            stream = running.stream
            last = running
        }
        guard let last else { throw ZoshError(.bug, "a pipeline has no stage") }
        return last
    }

    struct Bound {
        let stage: PlannedStage
        var bound: [String: [BoundValue]] = [:]
        var fields: [FieldAssignment] = []
        var leftAlone: [String] = []
        var write = WriteOptions()
        var condition: Condition?
        var rows: RowStream?
        /// Reads the files of the command, where its rows were looked at before.
        var files: (any RowFiles)?

        /// What is said of the fields that rows of a file leave as they are.
        func notes(of signature: Signature) -> [String] {
            guard !leftAlone.isEmpty else { return [] }
            let names = FieldNames(signature.fields?.fields ?? [])
            return leftAlone.map { name in
                var note = "\(name.neutralised) stays as it is where the file has nothing for it"
                if case .field(let field) = names.meaning(of: name), field.requiredSince == nil {
                    note += "; to empty it, write \(name.neutralised)=null"
                }
                return note
            }
        }
    }

    private func bind(_ stage: PlannedStage) async throws -> Bound {
        let resolver = resolver
        var result = Bound(stage: stage)
        if case .variable(let word) = stage.action {
            result.rows = try resolver.rows(word)
            return result
        }
        let given = try await resolver.bound(stage)
        (result.bound, result.fields, result.leftAlone) = (given.bound, given.fields, given.leftAlone)
        try await NamedOptions(shell: shell).check(result.bound, of: stage.signature)
        for (field, word, use) in stage.condition?.fieldsOfWords ?? [] {
            try resolver.checkWholeRows(word, as: use, comparedWith: field.path)
        }
        result.condition = try stage.condition?.resolved(ownRow: it == nil, resolver.literals)
        if stage.signature?.isWrite == true {
            let plan = try planFile(&result.bound, of: stage)
            result.write = Self.writeOptions(&result.bound, text.options)
            try readTimes(&result, isPlanned: plan != nil)
            if let plan { (result.write.plan, result.write.dryRun) = (plan, true) }
        }
        return result
    }

    private static func writeOptions(_ bound: inout [String: [BoundValue]], _ options: TextRunner.Options)
        -> WriteOptions
    {
        WriteOptions(
            dryRun: bound.removeValue(forKey: "dry-run")?.last?.value == .bool(true) || options.dryRun,
            yes: bound.removeValue(forKey: "yes")?.last?.value == .bool(true) || options.yes,
            atMost: bound.removeValue(forKey: "at-most")?.last?.value.integer.flatMap { Int(exactly: $0) },
            administrators: bound.removeValue(forKey: "administrators")?.last?.value == .bool(true))
    }

    /// When the changes are made, and when they are put back.
    private func readTimes(_ bound: inout Bound, isPlanned: Bool) throws {
        let (at, lasting) = (bound.bound.removeValue(forKey: "at")?.last, bound.bound.removeValue(forKey: "for")?.last)
        bound.write.at = try at.map { try text.interpreter.dates.times.time($0.text, at: $0.span) }
        bound.write.lasting = lasting?.value.integer
        guard isPlanned, let given = at ?? lasting else { return }
        throw ZoshError(
            .usage, "a plan cannot have a time", at: given.span,
            remedy: at == nil ? "set the time when you apply it: apply FILE --for 2h" : "use either --plan or --at")
    }

    private func run(
        _ bound: Bound, input: RowStream?, in pipeline: PlannedPipeline, _ journal: StageJournal?,
        taking taken: [Change]?, isKept: Bool
    ) async throws -> Running {
        var (bound, input) = (bound, input)
        if case .program = bound.stage.action {
            let isLast = bound.stage.span == pipeline.stages.last?.span
            return await program(bound, input: input, isLast: isLast, in: pipeline)
        }
        guard case .command(let entry) = bound.stage.action else {
            let stream = bound.rows ?? .none
            let call = Call(Signature("$", "Rows of a variable", effect: .local), span: bound.stage.name)
            return Running(stream: stream, call: call, prose: nil)
        }
        var elsewhere: RowStream?
        do {
            if taken == nil { elsewhere = try await routed(&bound, &input, journal, isKept: isKept) }
            if elsewhere == nil, entry.signature.routesRows { try Admission.check(bound.stage, shell.session) }
        } catch { throw ZoshError.placed(error, at: bound.stage.span, in: pipeline.span) }
        var call = Call(
            entry.signature, span: bound.stage.name, bound: bound.bound, fields: bound.fields, input: input,
            write: bound.write)
        call.origin = Origin(line: text.tally, step: journal?.step)
        let ahead = WriteAhead(pipeline.stages.drop { $0.span.lower <= bound.stage.span.lower })
        let core = CoreContext(
            runner: self, condition: bound.condition, block: bound.stage.block, journal: journal, ahead: ahead,
            mayNeverEnd: pipeline.runsPrograms)
        do {
            if let prose = entry.command as? any ProseCommand, allowsProse, pipeline.stages.count == 1,
                await prose.wantsProse(call, core)
            {
                return Running(stream: .none, call: call, prose: (prose, core))
            }
            var context = shell
            if bound.files != nil || text.journal != nil { context = context.replacing(files: bound.files ?? files) }
            let changes = LineChanges(
                gate: shell.changes, tally: text.tally,
                journal: entry.signature.effect == .writes ? journal : nil, turn: turn, line: text.line,
                place: text.source.shortPlace(of: bound.stage.span), isDry: shell.session.dryRun)
            context = context.replacing(changes: changes, jobs: ResumedJobs(core: core))
            let isNothingLeft =
                !bound.leftAlone.isEmpty && bound.fields.isEmpty && entry.signature.states(.needsFields)
            let stream =
                if isNothingLeft {
                    RowStream(.ofChanges, rows: [])
                } else if let elsewhere {
                    elsewhere
                } else if let taken {
                    try await changes.apply(taken, for: call)
                } else if let command = entry.command as? any CoreCommand {
                    // What `on` is given is the connections that an earlier attempt began with.
                    if let input, !bound.stage.isFanOut, StageNaming.isNeeded(bound.stage) {
                        try await named(command, call, core, bound, input, in: context)
                    } else {
                        try await command.run(call, in: context, core: core)
                    }
                } else {
                    try await entry.command.run(call, in: context)
                }
            var columns = stream.columns
            if !(entry.command is any CoreCommand), columns.command == nil { columns.command = entry.signature.name }
            if columns.connections == nil { columns.connections = connections(of: entry, input) }
            return Running(
                stream: RowStream(
                    columns,
                    from: PlacedStream(
                        upstream: stream, place: bound.stage.span, pipeline: pipeline.span,
                        isWrite: entry.signature.isWrite, notes: bound.notes(of: entry.signature))),
                call: call, prose: nil)
        } catch {
            throw ZoshError.placed(error, at: bound.stage.span, in: pipeline.span)
        }
    }

    /// The connections that the rows of a command are of, when it does not say.
    private func connections(of entry: CommandRegistry.Entry, _ input: RowStream?) -> [ConnectionPlace]? {
        switch entry.signature.effect {
        case .reads, .writes: shell.session.connection.map { [$0.place] }
        case .local, .writesLocally: input?.columns.connections
        }
    }

    /// A stage that names fields of the rows that reach it, with API names in place of what was written: at once where
    /// it is known which fields there are, else when the first rows come.
    private func named(
        _ command: any CoreCommand, _ call: Call, _ core: CoreContext, _ bound: Bound, _ input: RowStream,
        in context: ShellContext
    ) async throws -> RowStream {
        // What is wrong with the words themselves is said at once in any case.
        _ = try (command as? any FieldStage)?.fieldsRead(call, bound.condition)
        let places = try await RowPlaces.find(input.columns.connections, shell, text.interpreter.contexts)
        let fields = StageFields(input, places.directory)
        let naming = StageNaming(
            fields: fields, places: places, ownNames: (command as? any FieldStage)?.ownNames ?? [], ownRow: it == nil,
            dates: text.interpreter.dates, isQuiet: core.ahead.command != nil)
        let begin: @Sendable () async throws -> RowStream = {
            let named = try await naming.named(bound.stage, bound.bound, bound.condition)
            let call = Call(
                call.signature, span: call.span, bound: named.bound, fields: call.fields,
                input: try await fields.input(), write: call.write)
            let core = CoreContext(
                runner: core.runner, condition: named.condition, block: core.block, journal: core.journal,
                ahead: core.ahead,
                mayNeverEnd: core.mayNeverEnd)
            var stream = try await command.run(call, in: context, core: core)
            if stream.columns.connections == nil { stream.columns.connections = input.columns.connections }
            return stream
        }
        if input.columns.fields != nil { return try await begin() }
        var columns = input.columns
        columns.headline = []
        return RowStream(columns, from: DeferredStage(input, begin))
    }

    /// Another program: what it prints at the end of a line is for the person, anywhere else it is rows.
    private func program(_ bound: Bound, input: RowStream?, isLast: Bool, in pipeline: PlannedPipeline) async -> Running
    {
        let words = bound.bound[ExternalProgram.word.name, default: []].map(\.text)
        let call = Call(Signature("!" + (words.first ?? ""), "Another program", effect: .local), span: bound.stage.name)
        if text.options.dryRun || shell.session.dryRun {
            let note = "Not run in a dry run: \(words.joined(separator: " "))"
            return Running(stream: RowStream(rows: [], outcome: RowOutcome(notes: [note])), call: call, prose: nil)
        }
        let sessionFormat = await text.interpreter.session.settings.format
        let format = text.options.format ?? sessionFormat
        let isText = isLast && allowsProse && (format == nil || format == .table)
        let source = ExternalProgram(words, input: input, text.interpreter.tools.programs, readsRows: !isText)
        var columns = Columns.unknown
        columns.isText = isText
        columns.connections = input?.columns.connections
        let placed = PlacedStream(
            upstream: RowStream(from: source), place: bound.stage.span, pipeline: pipeline.span, isWrite: false)
        return Running(stream: RowStream(columns, from: placed), call: call, prose: nil)
    }
}
