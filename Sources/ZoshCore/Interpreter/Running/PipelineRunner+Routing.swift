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
        if signature.looksUpUsers, let here { try await checkLookup(bound, &input, here) }
        guard signature.routesRows else { return nil }
        if let routed {
            routed.hand(to: &bound, &input, reading: files)
            return nil
        }
        guard let given = try await rowsWithConnection(&bound, &input, isKept: isKept) else {
            if let here {
                try checkPlace(of: input, here, signature, at: bound.stage.name)
            } else {
                let all = try await shell.connections.all().map(\.name)
                if !all.isEmpty { throw ConnectionSearch.noneChosen(all) }
            }
            return nil
        }
        if !signature.states(.addsRecords) { try checkAreOfTheirPlaces(given, bound.stage) }
        if bound.write.plan != nil { try checkIsOnePlace(given, here?.name, bound.stage) }
        if let here, it != nil || shell.session.fixedConnection != nil || bound.write.plan != nil {
            try keepHere(given, here, &bound, &input)
            return nil
        }
        if signature.states(.addsRecords), let field = bound.fields.first {
            let names = bound.fields.map { Syntax.quoted($0.name) }
            throw ZoshError(
                .usage, "the fields on the line would add a user without a connection", at: field.span,
                remedy: "give the rows the \(names.count == 1 ? "column" : "columns") \(names.joined(separator: ", ")) "
                    + "instead")
        }
        if await journal?.keep(given.kept) == false {
            noteTooMany(at: bound.stage.span)
        }
        return try await spread(given, over: try await shell.connections.all(), bound, journal)
    }

    /// A plan is of the connection it is made on.
    private func checkIsOnePlace(_ given: RoutedRows, _ here: String?, _ stage: PlannedStage) throws {
        var column = ConnectionColumn()
        let all = Set(try given.rows.compactMap { try column.split($0)?.connection }).subtracting([""]).sorted()
        guard let other = all.first(where: { $0 != here }) else { return }
        guard all.count > 1 else {
            let name = Syntax.quoted(other)
            throw ZoshError(
                .usage,
                "a plan is for the current connection\(here.map { ", '\($0)'," } ?? "") and these rows are for "
                    + "'\(other.neutralised)'", at: stage.name,
                remedy: shell.session.interactive ? "use \(name)" : "zosh --connection \(name) -c '…'")
        }
        let first = Syntax.quoted(all.first { $0 == here } ?? other)
        throw ZoshError(
            .usage, "a plan is for one connection, and these rows are for \(all.listedNames.neutralised)",
            at: stage.name,
            remedy: "make one plan for each: … | where connection == \(first) | \(stage.signature?.name ?? "") "
                + "--plan FILE")
    }

    /// A block, and a part of `on`, change one organisation: theirs.
    private func keepHere(
        _ given: RoutedRows, _ here: ConnectionSummary, _ bound: inout Bound, _ input: inout RowStream?
    ) throws {
        var given = given
        if given.places?.contains(where: { $0.isTaken(by: here) }) == true {
            throw ConnectionSearch.isAnother(here.name).at(bound.stage.name)
        }
        var column = ConnectionColumn()
        given.rows = try given.rows.map { row in
            guard let (name, rest) = try column.split(row) else { return row }
            guard !name.isEmpty else { throw ConnectionColumn.isEmpty(at: row.origin).at(bound.stage.name) }
            guard name == here.name else { throw Self.belongsElsewhere(name, here.name, bound.stage, row.origin) }
            return rest
        }
        given.hand(to: &bound, &input, reading: files)
    }

    /// What looks users up looks in one organisation, and takes no row of another.
    private func checkLookup(_ bound: Bound, _ input: inout RowStream?, _ here: ConnectionSummary) async throws {
        let stage = bound.stage
        @Sendable func check(_ rows: [Row], _ places: [ConnectionPlace]?) async throws {
            var column = ConnectionColumn()
            for (given, row) in zip(rows, try await naming(rows, readIn: places)) {
                guard let (name, _) = try column.split(row), !name.isEmpty else { continue }
                guard name == here.name else { throw Self.isLookedUpElsewhere(name, here.name, stage, given) }
                if places?.contains(where: { $0.isTaken(by: here) }) == true {
                    throw ConnectionSearch.isAnother(name).at(stage.name)
                }
            }
        }
        for parameter in bound.stage.signature?.positional ?? [] {
            let rows = (bound.bound[parameter.name] ?? []).compactMap(\.value.row)
            if !rows.isEmpty { try await check(rows, places(of: stage, parameter)) }
        }
        guard let rows = input, let signature = stage.signature else { return }
        let places = rows.columns.connections
        guard places == nil || mayHaveColumn(rows.columns) else {
            return try checkLookupPlace(places, here, signature, at: stage.name)
        }
        input = RowStream(
            rows.columns,
            from: RowsOfHere(rows) { batch in
                try await check(batch, places)
                guard !batch.allSatisfy(ConnectionColumn.mayStand) else { return }
                try checkLookupPlace(places, here, signature, at: stage.name)
            })
    }

    /// Rows of one organisation that a column, which a `join` has added, gives to another.
    private func checkAreOfTheirPlaces(_ given: RoutedRows, _ stage: PlannedStage) throws {
        guard let other = try ConnectionColumn.misplaced(given.rows, readIn: given.places) else { return }
        throw other.error(remedy: "… | select id | \(stage.signature?.name ?? "")").at(stage.name)
    }

    private static func isLookedUpElsewhere(
        _ name: String, _ here: String, _ stage: PlannedStage, _ row: Row
    ) -> ZoshError {
        let command = stage.signature?.name ?? ""
        return ZoshError(
            .refused,
            "this row belongs to the connection '\(name.neutralised)', and '\(command)' looks in '\(here)' here",
            in: row.origin, at: stage.name,
            remedy: "… | each { on \(ConnectionColumn.reference(in: row)) \(command) $it.email }")
    }

    private static func belongsElsewhere(_ name: String, _ here: String, _ stage: PlannedStage, _ origin: RowOrigin?)
        -> ZoshError
    {
        let command = stage.signature?.name ?? ""
        return ZoshError(
            .refused,
            "this row belongs to the connection '\(name.neutralised)', and '\(command)' changes '\(here)' here",
            in: origin, at: stage.name,
            remedy: "pipe the rows into '\(command)', or write: on $it.connection \(command) …")
    }

    // MARK: Several connections

    private func spread(
        _ given: RoutedRows, over all: [ConnectionSummary], _ bound: Bound, _ journal: StageJournal?
    ) async throws -> RowStream {
        let stage = bound.stage
        var routes = try RowRoutes(given.rows, among: all)
        routes.check { connection in
            if given.places?.contains(where: { $0.isTaken(by: connection) }) == true {
                throw ConnectionSearch.isAnother(connection.name)
            }
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
        let isMoved = routes.parts.contains { part in
            given.places?.contains { $0.isTaken(by: part.connection) } == true
        }
        // Users are not looked for in another organisation.
        if names.isEmpty || isMoved { try unity.check([]) }
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
            allOrNone: unity, after: text.tally.whole.hasChanged)
        var columns = try await rows.columns()
        columns.connections = routes.parts.map(\.connection.place)
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
            let places = places(of: bound.stage, parameter)
            let rows = try await naming(values.compactMap(\.value.row), readIn: places)
            guard rows.contains(where: ConnectionColumn.stands) else { continue }
            if let other = values.first(where: { $0.value.row == nil }) {
                throw ZoshError(
                    .usage, "'\(other.text.neutralised)' has no connection, and the rows beside it do", at: other.span,
                    remedy: "name users or rows, not both")
            }
            found.append(RoutedRows(source: .words(parameter: parameter.name), rows: rows, places: places))
        }
        if isKept, let kept = input {
            let source = try found.first?.source ?? file(of: signature, bound) ?? .pipe
            return RoutedRows(
                source: source, rows: try await kept.collect(), outcome: await kept.outcome(),
                places: kept.columns.connections)
        }
        if case .file(let path, let options)? = try file(of: signature, bound) {
            do {
                let stream = try await files.rows(at: path.text, options)
                let (rows, rest) = try await read(stream, .file(path: path, options))
                if let rows { found.append(rows) }
                bound.files = FileInHand(path: path.text, rows: rest, others: files)
            } catch let error as ZoshError { throw error.at(path.span) }
        }
        // Of rows that were not read at Zoho a column of any name may say it.
        if let stream = input, stream.columns.connections == nil || mayHaveColumn(stream.columns) {
            let (rows, rest) = try await read(stream, .pipe)
            if let rows { found.append(rows) }
            input = rest
        }
        guard found.count < 2, found.isEmpty || found[0].source == .pipe || input == nil else {
            throw ZoshError(
                .usage, "rows with a connection column cannot be combined with other rows", at: bound.stage.name,
                remedy: "give them in one way: a pipe, or a file")
        }
        return found.first
    }

    private func mayHaveColumn(_ columns: Columns) -> Bool {
        columns.fields.map { $0.all.contains { ConnectionColumn.mayBeMeant(by: $0.name) } } ?? true
    }

    /// - Returns: all the rows when the first have the column, else the same stream.
    private func read(_ stream: RowStream, _ source: RoutedRows.Source) async throws -> (RoutedRows?, RowStream) {
        let peeked = PeekedStream(stream)
        let rest = RowStream(stream.columns, from: peeked)
        let places = stream.columns.connections
        @Sendable func mayStand(_ row: Row) -> Bool {
            ConnectionColumn.stands(in: row) || OrganisationColumn.mayCount(in: row)
        }
        let first = try await peeked.peek()?.rows ?? []
        guard first.contains(where: mayStand) else {
            try await checkValues(of: first, readIn: places)
            return (nil, RowStream(stream.columns, from: RowsOfOnePlace(rest, mayStand)))
        }
        let all = try await rest.collect()
        let rows = try await naming(all, readIn: places)
        let outcome = await rest.outcome()
        guard rows.contains(where: ConnectionColumn.stands) else {
            return (nil, RowStream(stream.columns, rows: rows, outcome: outcome))
        }
        return (RoutedRows(source: source, rows: rows, outcome: outcome, places: places), .none)
    }

    private func file(of signature: Signature, _ bound: Bound) throws -> RoutedRows.Source? {
        guard let option = signature.parameters.first(where: { $0.type.element == .file && $0.kind == .option }),
            let path = bound.bound[option.name]?.last, path.value.string != nil
        else { return nil }
        let call = Call(signature, span: bound.stage.name, bound: bound.bound)
        return .file(path: path, FileOptions(encoding: try call["encoding"]))
    }
}
