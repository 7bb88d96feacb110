internal import ZoshKit

/// A write whose rows have a column `connection`: each row goes to its organisation, or none goes anywhere.
extension PipelineRunner {
    /// - Parameter isKept: whether the input is what an earlier attempt had read for this stage.
    /// - Returns: the results of all connections; nil where the write belongs to the one that is current.
    func routed(
        _ bound: inout Bound, _ input: inout RowStream?, _ journal: StageJournal?, isKept: Bool
    ) async throws -> RowStream? {
        guard let signature = bound.stage.signature else { return nil }
        let here = shell.session.connection
        if signature.looksUpUsers, let here { try checkLookup(bound, &input, here.name) }
        guard signature.routesRows else { return nil }
        if let routed {
            routed.hand(to: &bound, &input, reading: files)
            return nil
        }
        guard let given = try await rowsWithConnection(&bound, &input, isKept: isKept) else {
            if let here {
                try checkPlace(of: input, here.name, signature, at: bound.stage.name)
            } else if let names = input?.columns.connections {
                throw ConnectionSearch.noneChosen(names)
            }
            return nil
        }
        if bound.write.plan != nil { try checkIsOnePlace(given, here?.name, bound.stage) }
        if let here, it != nil || shell.session.fixedConnection != nil || bound.write.plan != nil {
            try keepHere(given, here.name, &bound, &input)
            return nil
        }
        if signature.states(.addsRecords), let field = bound.fields.first {
            let names = bound.fields.map { Syntax.quoted($0.name) }
            throw ZoshError(
                .usage, "the fields on the line are one more user, who has no connection", at: field.span,
                remedy: "give the rows the \(names.count == 1 ? "column" : "columns") \(names.joined(separator: ", ")) "
                    + "instead")
        }
        if await journal?.keep(KeptRows(rows: given.rows, outcome: given.outcome)) == false {
            noteTooMany(at: bound.stage.span)
        }
        return try await spread(given, over: try await shell.connections.all(), bound, journal)
    }

    /// A plan is of the connection it is made on.
    private func checkIsOnePlace(_ given: RoutedRows, _ here: String?, _ stage: PlannedStage) throws {
        var column = ConnectionColumn()
        let all = Set(given.rows.compactMap { column.split($0)?.connection })
        guard let other = all.first(where: { $0 != here }) else { return }
        if let here, all.count == 1 {
            throw ZoshError(
                .usage,
                "a plan is for the current connection, '\(here)', and these rows are for '\(other.neutralised)'",
                at: stage.name, remedy: "use \(Syntax.quoted(other)), and make the plan there")
        }
        let names = all.sorted().listedNames
        throw ZoshError(
            .usage, "a plan is for one connection, and these rows are for \(names.neutralised)", at: stage.name,
            remedy: "make one plan for each: use NAME, and keep its rows with where connection == NAME")
    }

    /// A block, and a part of `on`, change one organisation: theirs.
    private func keepHere(
        _ given: RoutedRows, _ here: String, _ bound: inout Bound, _ input: inout RowStream?
    ) throws {
        var given = given
        var column = ConnectionColumn()
        given.rows = try given.rows.map { row in
            guard let (name, rest) = column.split(row) else { return row }
            guard name == here else { throw Self.belongsElsewhere(name, here, bound.stage, row.origin) }
            return rest
        }
        given.hand(to: &bound, &input, reading: files)
    }

    /// What looks users up looks in one organisation, and takes no row of another.
    private func checkLookup(_ bound: Bound, _ input: inout RowStream?, _ here: String) throws {
        var column = ConnectionColumn()
        for value in bound.bound.values.joined() {
            guard let row = value.value.row, let (name, _) = column.split(row), !name.isEmpty, name != here else {
                continue
            }
            throw Self.isLookedUpElsewhere(name, here, bound.stage, row.origin)
        }
        guard let rows = input, mayHaveColumn(rows.columns) else { return }
        let stage = bound.stage
        let source = RowsOfHere(rows, here) { Self.isLookedUpElsewhere($0, here, stage, $1) }
        input = RowStream(rows.columns, from: source)
    }

    private static func isLookedUpElsewhere(
        _ name: String, _ here: String, _ stage: PlannedStage, _ origin: RowOrigin?
    ) -> ZoshError {
        let command = stage.signature?.name ?? ""
        return ZoshError(
            .refused,
            "this row belongs to the connection '\(name.neutralised)', and '\(command)' looks in '\(here)' here",
            in: origin, at: stage.name, remedy: "… | each { on $it.connection \(command) $it.email }")
    }

    private static func belongsElsewhere(_ name: String, _ here: String, _ stage: PlannedStage, _ origin: RowOrigin?)
        -> ZoshError
    {
        let command = stage.signature?.name ?? ""
        return ZoshError(
            .refused,
            "this row belongs to the connection '\(name.neutralised)', and '\(command)' changes '\(here)' here",
            in: origin, at: stage.name, remedy: "pipe the rows into '\(command)', or write: on $it.connection \(command) …")
    }

    // MARK: Several connections

    private func spread(
        _ given: RoutedRows, over all: [ConnectionSummary], _ bound: Bound, _ journal: StageJournal?
    ) async throws -> RowStream {
        let stage = bound.stage
        var routes = RowRoutes(given.rows, among: all)
        routes.check { connection in
            var session = shell.session
            session.connection = connection
            try Admission.check(stage, session)
            guard !connection.readOnly else {
                throw ZoshError(
                    .permission, "the connection '\(connection.name)' is read-only",
                    remedy: "run `connections set \(connection.name) read-only=off`")
            }
        }
        let unity = FanOutUnity(
            problems: routes.problems, span: given.source.place ?? stage.name,
            isLater: text.tally.count(adding: []).before > 0)
        let names = routes.parts.map(\.connection.name)
        if names.isEmpty { try unity.check([]) }
        let isDry = text.options.dryRun || shell.session.dryRun || bound.write.dryRun
        let question = isDry ? nil : SharedQuestion(of: names.count)
        let pipeline = PlannedPipeline(stages: [stage], span: stage.span)
        let legs = routes.parts.indices.map { index in
            var own = RoutedRows(source: given.source, rows: routes.parts[index].rows)
            // What was missing before the pipe is said once.
            if index == 0 { own.outcome = given.outcome }
            return leg(names[index], own, pipeline, journal, asking: question?.parts[index])
        }
        let rows = FanOutRows(
            legs, atOnce: FanOutRows.mostAtOnce, finishes: true, asking: question, through: shell.console,
            allOrNone: unity)
        var columns = try await rows.columns()
        columns.connections = names
        return RowStream(columns, from: RowsEndingAsBefore(rows, before: given.outcome))
    }

    private func leg(
        _ name: String, _ rows: RoutedRows, _ pipeline: PlannedPipeline, _ journal: StageJournal?,
        asking question: SharedQuestion.Part?
    ) -> FanOutRows.Leg {
        let turn = FanOutTurn(of: name, asking: question)
        return FanOutRows.Leg(name: name, turn: turn) {
            let now = try await text.interpreter.contexts.context(of: name, progress: shell.progress)
            let context = text.isDry(pipeline, now.session) ? now.foreseeing(text.line.foreseen) : now
            var runner = PipelineRunner(
                text: text, shell: context, it: nil, allowsProse: false, journal: journal?.run, turn: turn)
            runner.routed = rows
            return try await runner.start(pipeline).stream
        }
    }

    // MARK: The column

    /// The rows given to a command, all of them, when they have the column; else nil, and the command reads them.
    private func rowsWithConnection(
        _ bound: inout Bound, _ input: inout RowStream?, isKept: Bool
    ) async throws -> RoutedRows? {
        guard let signature = bound.stage.signature else { return nil }
        var found: [RoutedRows] = []
        for parameter in signature.positional where parameter.type.namesUser {
            let values = bound.bound[parameter.name] ?? []
            guard values.contains(where: { $0.value.row.map(ConnectionColumn.stands) == true }) else { continue }
            if let other = values.first(where: { $0.value.row == nil }) {
                throw ZoshError(
                    .usage, "'\(other.text.neutralised)' has no connection, and the rows beside it do", at: other.span,
                    remedy: "name users or rows, not both")
            }
            found.append(RoutedRows(source: .words(parameter: parameter.name), rows: values.compactMap(\.value.row)))
        }
        if isKept, let kept = input {
            let source = try found.first?.source ?? file(of: signature, bound) ?? .pipe
            return RoutedRows(source: source, rows: try await kept.collect(), outcome: await kept.outcome())
        }
        if case .file(let path, let options)? = try file(of: signature, bound) {
            do {
                let stream = try await files.rows(at: path.text, options)
                let (rows, rest) = try await read(stream, .file(path: path, options))
                if let rows { found.append(rows) }
                bound.files = FileInHand(path: path.text, rows: rest, others: files)
            } catch let error as ZoshError { throw error.at(path.span) }
        }
        if let stream = input, mayHaveColumn(stream.columns) {
            let (rows, rest) = try await read(stream, .pipe)
            if let rows { found.append(rows) }
            input = rest
        }
        guard found.count < 2, found.isEmpty || found[0].source == .pipe || input == nil else {
            throw ZoshError(
                .usage, "rows with a column connection are the only ones a command takes", at: bound.stage.name,
                remedy: "give them in one way: a pipe, or a file")
        }
        return found.first
    }

    private func mayHaveColumn(_ columns: Columns) -> Bool {
        columns.fields.map { $0.all.contains { ConnectionColumn.isMeant(by: $0.name) } } ?? true
    }

    /// - Returns: all the rows when the first have the column, else the same stream.
    private func read(_ stream: RowStream, _ source: RoutedRows.Source) async throws -> (RoutedRows?, RowStream) {
        let peeked = PeekedStream(stream)
        let rest = RowStream(stream.columns, from: peeked)
        guard try await peeked.peek()?.rows.contains(where: ConnectionColumn.stands) == true else {
            return (nil, RowStream(stream.columns, from: RowsOfOnePlace(rest)))
        }
        let rows = try await rest.collect()
        return (RoutedRows(source: source, rows: rows, outcome: await rest.outcome()), .none)
    }

    private func file(of signature: Signature, _ bound: Bound) throws -> RoutedRows.Source? {
        guard let option = signature.parameters.first(where: { $0.type.element == .file && $0.kind == .option }),
            let path = bound.bound[option.name]?.last, path.value.string != nil
        else { return nil }
        let call = Call(signature, span: bound.stage.name, bound: bound.bound)
        return .file(path: path, FileOptions(encoding: try call["encoding"]))
    }
}
