internal import ZoshKit

/// Checks a whole text before its first line runs, wherever the text tells what its names and values will be: else the
/// lines before a mistake would have changed users already.
///
/// It follows the lines as they will run: which connection they run in, what their variables hold, which files they
/// make, and what stands in the files they run. Where a connection is not known, only what is the same in all of them
/// is checked.
struct NamesAhead {
    let dates: DateReader
    let files: any FileReading
    let contexts: any ContextSource
    /// Whether files that are missing are mistakes.
    let looksForFiles: Bool
    var place: PlaceAhead
    /// What is known of the rows that variables hold.
    var variables: [String: KnownRows] = [:]
    var values: KnownValues
    /// The variables of before, until a line sets them.
    private(set) var given: VariableScope
    private(set) var kept: Set<String>
    private(set) var made = FilesMade()
    /// What the shells of other connections said, by the connection.
    private var remembered: [String: OnceAsked] = [:]
    /// Whether a line before may have changed which connections there are.
    private(set) var changesConnections = false
    /// Whether another command is there for the case that this one fails.
    private(set) var isTried = false
    var findings = Findings()

    /// What is known of rows before they come.
    struct KnownRows: Sendable {
        var fields: KnownFields?
        /// The connections they are of; nil for the current one.
        var connections: [ConnectionPlace]?
        /// Whether they are of a connection that is not known.
        var isOfUnknownPlace = false
        /// Whether a pipe brings them.
        var arePiped = false
    }

    struct Findings: Sendable {
        /// In the order of the text.
        var errors: [ZoshError] = []
        /// The same in the files that the text runs.
        var inFiles: [TextMistakes] = []
        /// Names of which only Zoho could tell whether there are such fields, and cannot now.
        var doubts: [ZoshError] = []
        /// The first line behind which it is not known which connection is used.
        var lost: Span?
        /// What kept Zoho from being asked.
        var trouble: ZoshError?
    }

    /// - Parameter variables: those the text can see already.
    static func check(
        _ lines: [PlannedLine], _ variables: VariableScope, _ interpreter: Interpreter, in shell: ShellContext,
        looksForFiles: Bool = true
    ) async throws -> Findings {
        var names = NamesAhead(interpreter, variables, in: shell, looksForFiles: looksForFiles)
        try await names.check(lines)
        names.findings.errors.sort { ($0.span?.lower ?? 0) < ($1.span?.lower ?? 0) }
        return names.findings
    }

    private init(
        _ interpreter: Interpreter, _ variables: VariableScope, in shell: ShellContext, looksForFiles: Bool
    ) {
        dates = interpreter.dates
        files = interpreter.files
        contexts = interpreter.contexts
        self.looksForFiles = looksForFiles
        place = PlaceAhead(shell)
        given = variables
        values = KnownValues(variables, dates: interpreter.dates)
        // `$last` is what the line before shows.
        kept = variables.names.subtracting(Syntax.ownVariables)
        for name in kept {
            guard case .rows(let rows, let columns, _)? = variables[name] else { continue }
            // As much is looked at whenever such rows are used.
            let fields = columns.fields ?? (rows.count <= VariableScope.lastLimit ? .union(of: rows) : nil)
            self.variables[name] = fields.map { KnownRows(fields: $0, connections: columns.connections) }
        }
    }

    private mutating func check(_ lines: [PlannedLine]) async throws {
        for line in lines { try await check(line.statements, inBlock: false) }
    }

    private mutating func check(_ statements: [PlannedStatement], inBlock: Bool) async throws {
        let isTried = isTried
        defer { self.isTried = isTried }
        // `open a.csv || open b.csv` tries files.
        let lastRescue = statements.lastIndex { $0.condition == .ifFailed }
        for (index, statement) in statements.enumerated() {
            self.isTried = isTried || lastRescue.map { index <= $0 } ?? false
            try await check(statement, inBlock)
        }
    }

    private mutating func check(_ statement: PlannedStatement, _ inBlock: Bool) async throws {
        let isSure = statement.condition == .always
        switch statement.action {
        case .run(let pipeline):
            let rows = try await rows(of: pipeline, inBlock)
            await follow(pipeline, isSure: isSure && !inBlock)
            // What the lines of a file show last is known from them.
            guard !inBlock, !pipeline.stages.contains(where: { $0.file?.sharesVariables == true }) else { return }
            set(Syntax.lastRows, to: isSure ? rows : nil)
        case .keep(let name, let pipeline):
            let rows = try await rows(of: pipeline, inBlock)
            await follow(pipeline, isSure: isSure)
            // What may not run leaves what was there before.
            set(name, to: isSure ? rows : nil)
        case .keepValue(let name, let word):
            do { try await checkFields(ofVariablesIn: [word]) } catch let error as ZoshError
                where error.kind != .cancelled
            { note(error) }
            let rows = word.soleVariable.flatMap { $0.path.isEmpty ? variables[$0.name] : nil }
            let value = values.text(word)
            set(name, to: nil)
            if isSure {
                values[name] = value
                variables[name] = rows
            }
        case .alias: break
        }
    }

    private mutating func set(_ name: String, to rows: KnownRows?) {
        kept.remove(name)
        values[name] = nil
        guard var rows, rows.fields != nil else {
            variables[name] = nil
            return
        }
        if rows.connections == nil {
            rows.connections = place.shell.session.connection.map { [$0.place] }
            rows.isOfUnknownPlace = !place.isKnown
        }
        variables[name] = rows
    }

    /// What is wrong with the text is a mistake; what the network has to say is said when the line runs.
    mutating func note(_ error: ZoshError) {
        if error.kind == .usage { findings.errors.append(error) } else { findings.trouble = findings.trouble ?? error }
    }

    // MARK: Pipelines

    /// Checks a pipeline, and says what is known of its rows.
    private mutating func rows(of pipeline: PlannedPipeline, _ inBlock: Bool) async throws -> KnownRows {
        var known = KnownRows()
        for (index, stage) in pipeline.stages.enumerated() {
            let outer = place
            // Rows that name their connections are checked in those, once they are there.
            let routes = await mayRoute(stage, known, isFirst: index == 0)
            if routes { place = place.unknown }
            defer { place = outer }
            known.arePiped = index > 0
            known = try await rows(behind: stage, known, inBlock)
            if routes {
                known.fields = known.fields?.adding([Field("connection", inner: [])])
                known.isOfUnknownPlace = true
            }
        }
        return known
    }

    /// Whether the rows of a write may have a column that says where each of them belongs.
    private func mayRoute(_ stage: PlannedStage, _ known: KnownRows, isFirst: Bool) async -> Bool {
        guard let signature = stage.signature, signature.routesRows else { return false }
        func has(_ fields: KnownFields?) -> Bool {
            fields?.all.contains { ConnectionColumn.mayBeMeant(by: $0.name) } ?? true
        }
        if !isFirst, has(known.fields) { return true }
        for given in stage.given {
            switch given.source {
            case .deferred(let word) where given.parameter.type.namesUser:
                guard let reference = word.soleVariable else { return word.dropping(bare: "@") != nil }
                guard reference.path.isEmpty, reference.name != "it" else { continue }
                if has(variables[reference.name]?.fields) { return true }
            case .value(let path) where given.parameter.type.element == .file:
                let ahead = HeadingsAhead(files: files, isNew: looksForFiles)
                if has(await ahead.fields(at: path.text, FileOptions(), after: made)) { return true }
            default: break
            }
        }
        return false
    }

    private mutating func rows(behind written: PlannedStage, _ known: KnownRows, _ inBlock: Bool) async throws
        -> KnownRows
    {
        if written.isFanOut { return try await rows(ofFanOut: written, inBlock) }
        let checked = try await checked(written, known, inBlock)
        let stage = checked?.stage ?? written
        try await check(stage.block?.statements ?? [], inBlock: true)
        try await check(fileOf: stage)
        made.add(by: stage)
        guard let checked else { return KnownRows() }
        return await rows(behind: stage, known, checked.words)
    }

    private func rows(behind stage: PlannedStage, _ known: KnownRows, _ words: [String: [BoundValue]]) async
        -> KnownRows
    {
        switch stage.action {
        case .variable(let word):
            guard let reference = word.soleVariable, reference.path.isEmpty else { return KnownRows() }
            return variables[reference.name] ?? KnownRows()
        case .program: return KnownRows()
        case .command(let entry):
            if entry.signature.states(.readsFile) {
                return KnownRows(
                    fields: await HeadingsAhead(files: files, isNew: looksForFiles).fields(
                        of: stage, words, after: made), connections: [])
            }
            if let rows = entry.signature.rows { return KnownRows(fields: rows) }
            guard let fields = known.fields, let passing = entry.command as? any FieldPassing else {
                return KnownRows()
            }
            let list = stage.signature?.parameters.first { $0.type.element == .field }
            var passed = known
            passed.fields = try? passing.fields(after: fields, list.flatMap { words[$0.name] })
            return passed
        }
    }

    /// The command of an `on` is checked as far as it is the same in all connections, or in the one that is named.
    private mutating func rows(ofFanOut written: PlannedStage, _ inBlock: Bool) async throws -> KnownRows {
        let stage = (try? values.filled(written)) ?? written
        let inner = stage.block?.statements.first?.ownPipelines.first?.stages.first
        var named: [ConnectionSummary] = []
        do { named = try await FanOut.connections(named: stage, place.shell) } catch let error as ZoshError
            where [.usage, .notFound].contains(error.kind)
        {
            refuse(connection: error)
        } catch {}
        if let inner {
            let outer = place
            place = named.count == 1 ? await place(of: named[0].name) ?? place.unknown : place.unknown
            _ = try await checked(inner, KnownRows(), inBlock)
            place = outer
        }
        // In connections that a variable names other names count.
        guard !named.isEmpty else { return KnownRows() }
        return KnownRows(
            fields: inner?.signature?.rows?.adding(["connection", "connection_2"].map { Field($0, inner: []) }),
            connections: named.map(\.place))
    }

    /// The connections of rows, each of which is asked once for its fields.
    mutating func places(of rows: KnownRows) async throws -> RowPlaces {
        if rows.isOfUnknownPlace {
            let unknown = place.unknown
            return RowPlaces([unknown.shell], directories: [unknown.directory])
        }
        guard let names = rows.connections, !names.isEmpty else {
            return RowPlaces([place.shell], directories: [place.directory])
        }
        let places = try await RowPlaces.find(names, place.shell, contexts)
        for shell in places.shells {
            guard let name = shell.session.connection?.name, remembered[name] == nil else { continue }
            remembered[name] = OnceAsked(shell)
        }
        return places.remembering { shell in
            shell.session.connection.flatMap { remembered[$0.name] } ?? OnceAsked(shell)
        }
    }

    // MARK: Files that are run

    private mutating func check(fileOf stage: PlannedStage) async throws {
        guard stage.signature?.states(.runsFile) == true else { return }
        guard let file = stage.file else {
            // What it sets may be anything.
            if stage.signature?.states(.sharesVariables) == true { forgetVariables() }
            return
        }
        let outer = self
        findings.errors = []
        if !file.sharesVariables {
            forgetVariables()
            for (name, value) in stage.parameters(of: file) { values[name] = value }
        }
        try await check(file.plan.lines)
        let errors = findings.errors.sorted { ($0.span?.lower ?? 0) < ($1.span?.lower ?? 0) }
        findings.errors = outer.findings.errors
        if !errors.isEmpty, !findings.inFiles.contains(where: { $0.source.name == file.source.name }) {
            findings.inFiles.append(TextMistakes(source: file.source, errors: errors))
        }
        findings.lost = outer.findings.lost
        if outer.place.isKnown, !place.isKnown { findings.lost = findings.lost ?? stage.span }
        guard !file.sharesVariables else { return }
        (variables, values, given, kept) = (outer.variables, outer.values, outer.given, outer.kept)
        place = outer.place
    }

    private mutating func forgetVariables() {
        variables = [:]
        values.forgetAll()
        kept = []
    }

    // MARK: Connections

    /// Follows a pipeline into the connection in which the next line will run.
    /// - Parameter isSure: whether it runs in any case, and once.
    private mutating func follow(_ pipeline: PlannedPipeline, isSure: Bool) async {
        for stage in pipeline.stages {
            guard let signature = stage.signature else { continue }
            if signature.effect == .writesLocally {
                changesConnections = true
                if !isAboutOthers(stage) { loseConnection(at: stage.span) }
            } else if stage.choosesConnection {
                let chosen = await chosen(by: stage)
                if isSure, pipeline.stages.count == 1, let chosen, !changesConnections,
                    let other = await place(of: chosen)
                {
                    place = other
                } else {
                    loseConnection(at: stage.span)
                }
            } else if stage.mayChooseConnection, !(isSure && stage.file?.sharesVariables == true) {
                loseConnection(at: stage.span)
            }
            // Of lines that may not run it is not known what they set.
            if !isSure, stage.file?.sharesVariables == true { forgetVariables() }
            if let file = stage.file, file.plan.changesConnections { changesConnections = true }
        }
    }

    /// Whether a stage names the connections it changes, and the current one is not among them.
    private func isAboutOthers(_ stage: PlannedStage) -> Bool {
        guard !stage.choosesConnection, let current = place.shell.session.connection?.name else { return false }
        let named = stage.given.filter { $0.parameter.type.element == .connection }
        return !named.isEmpty
            && named.allSatisfy { given in
                if case .value(let value) = given.source { value.text != current } else { false }
            }
    }

    private mutating func loseConnection(at span: Span) {
        place = place.unknown
        findings.lost = findings.lost ?? span
    }

    private func place(of connection: String) async -> PlaceAhead? {
        if connection == place.shell.session.connection?.name { return place }
        guard let shell = try? await contexts.context(of: connection, progress: ProgressMeter()) else { return nil }
        return PlaceAhead(shell)
    }

    /// The connection that a stage chooses by a name that is known: `use acme`, `orgs use Zylker`.
    private mutating func chosen(by written: PlannedStage) async -> String? {
        guard let stage = try? values.filled(written), let all = try? await place.shell.connections.all() else {
            return nil
        }
        for given in stage.given {
            guard case .value(let value) = given.source else { continue }
            switch given.parameter.type {
            case .connection:
                do throws(ZoshError) {
                    return try ConnectionSearch.meant(by: value.text, among: all, at: value.span).name
                } catch { refuse(connection: error) }
            case .organization:
                let found = all.filter {
                    $0.orgID == value.text || $0.orgName.lowercased() == value.text.lowercased()
                }
                if found.isEmpty {
                    refuse(
                        connection: ZoshError(
                            .notFound,
                            "no stored connection reaches an organisation '\(value.text.neutralised)'", at: value.span,
                            remedy: "orgs list shows those there are"))
                }
                return found.count == 1 ? found[0].name : nil
            default: continue
            }
        }
        return nil
    }

    /// Refuses a connection that is not there, unless a line before may have made it or another one is tried instead.
    private mutating func refuse(connection error: ZoshError) {
        guard !changesConnections, !isTried else { return }
        findings.errors.append(error)
    }
}

extension PlannedStage {
    /// Whether the lines behind it may run in another connection.
    var mayChooseConnection: Bool {
        guard let signature else { return false }
        if signature.states(.runsFile) { return file?.plan.mayChooseConnection ?? true }
        return choosesConnection || signature.effect == .writesLocally
    }

    /// The parameters of a script that are known: what is written at the stage, else their defaults.
    fileprivate func parameters(of file: PlannedFile) -> [String: String] {
        var known: [String: String] = [:]
        for parameter in file.plan.parameters {
            if let field = fields.first(where: { $0.name == parameter.name.text }) {
                known[parameter.name.text] = field.value.literal
            } else {
                known[parameter.name.text] = parameter.defaultValue?.value.comparedText
            }
        }
        return known
    }
}

extension Plan {
    var mayChooseConnection: Bool { holds(\.mayChooseConnection) }

    /// Whether its lines may change which connections there are.
    var changesConnections: Bool {
        holds { stage in
            stage.signature?.effect == .writesLocally || stage.file?.plan.changesConnections == true
        }
    }

    private func holds(_ isMeant: (PlannedStage) -> Bool) -> Bool {
        var found = false
        for line in lines { line.visit { if isMeant($0) { found = true } } }
        return found
    }
}
