internal import ZoshKit

/// Checks the names and values of fields in a whole text before its first line runs, wherever the text tells what the
/// rows are: else the lines before a misspelt one would have changed users already.
struct NamesAhead {
    private var shell: ShellContext
    private var directory: any UserDirectory
    private let dates: DateReader
    private var asked = AskedLists()
    private let contexts: any ContextSource
    private var variables: [String: KnownRows]
    /// What the shells of other connections said, by the connection.
    private var remembered: [String: OnceAsked] = [:]
    private var findings = Findings()

    /// What is known of rows before they come.
    fileprivate struct KnownRows: Sendable {
        var fields: KnownFields?
        /// The connections they are of; nil for the current one.
        var connections: [String]?
    }

    struct Findings {
        /// In the order of the text.
        var errors: [ZoshError] = []
        /// Names of which only Zoho could tell whether there are such fields, and cannot now.
        var doubts: [ZoshError] = []
    }

    /// - Parameters:
    ///   - variables: those the text can see already.
    ///   - isFixed: whether no command of the text can choose another connection.
    /// - Returns: what is wrong, up to where another connection may be chosen.
    static func check(
        _ lines: [PlannedLine], _ variables: VariableScope, _ dates: DateReader, isFixed: Bool, in shell: ShellContext,
        contexts: any ContextSource
    ) async throws -> Findings {
        var names = NamesAhead(shell, variables, dates, contexts)
        for statement in reach(lines, isFixed) {
            if let name = chosenConnection(statement) {
                guard let other = try? await contexts.context(of: name, progress: ProgressMeter()) else { break }
                names.shell = other
                names.directory = OnceAsked(other)
                names.asked = AskedLists()
            } else if names.shell.session.connection != nil
                || statement.ownPipelines.contains(where: \.isOverConnections)
            {
                try await names.check(statement, inBlock: false)
            }
        }
        return names.findings
    }

    /// The connection that a statement chooses by its name and in any case: `use acme`.
    private static func chosenConnection(_ statement: PlannedStatement) -> String? {
        guard statement.condition == .always, let pipeline = statement.ownPipelines.first, pipeline.stages.count == 1,
            pipeline.stages[0].choosesConnection, let given = pipeline.stages[0].given.first,
            given.parameter.type == .connection, case .value(let value) = given.source
        else { return nil }
        return value.text
    }

    /// Whether a mistake in one part of the text would be seen after another part has run.
    static func isNeeded(_ lines: [PlannedLine], isFixed: Bool) -> Bool {
        let reach = reach(lines, isFixed)
        var namesFields = false
        /// How many statements there are, those of blocks among them.
        func count(_ all: some Sequence<PlannedStatement>) -> Int {
            all.reduce(0) { sum, statement in
                let stages = statement.ownPipelines.flatMap(\.stages)
                if stages.contains(where: { StageNaming.isNeeded($0) || !$0.fields.isEmpty }) { namesFields = true }
                return sum + 1 + stages.reduce(0) { $0 + count($1.block?.statements ?? []) }
            }
        }
        let isLater =
            count(reach) > 1
            || reach.contains { $0.ownPipelines.contains { $0.containsWrite && $0.stages.count > 1 } }
        return isLater && namesFields
            && reach.contains { $0.ownPipelines.contains { $0.needsConnection || $0.isOverConnections } }
    }

    /// The statements before the first that may choose another connection.
    private static func reach(_ lines: [PlannedLine], _ isFixed: Bool) -> some Sequence<PlannedStatement> {
        lines.lazy.flatMap(\.statements).prefix { statement in
            chosenConnection(statement) != nil
                || !statement.ownPipelines.contains { pipeline in
                    pipeline.stages.contains { stage in
                        guard let entry = stage.entry else { return false }
                        return entry.signature.effect == .writesLocally
                            || !isFixed && !Script.switching.isDisjoint(with: entry.names)
                    }
                }
        }
    }

    private init(
        _ shell: ShellContext, _ variables: VariableScope, _ dates: DateReader, _ contexts: any ContextSource
    ) {
        self.shell = shell
        self.dates = dates
        self.contexts = contexts
        directory = OnceAsked(shell)
        self.variables = variables.knownRows
        // It is what the line before shows.
        self.variables["last"] = nil
    }

    private mutating func check(_ statement: PlannedStatement, inBlock: Bool) async throws {
        // What a file sets may be anything.
        if statement.ownPipelines.contains(where: {
            $0.stages.contains { $0.signature?.states(.sharesVariables) == true }
        }) {
            variables = [:]
        }
        switch statement.action {
        case .run(let pipeline):
            let rows = try await rows(of: pipeline, inBlock)
            guard !inBlock else { return }
            // Without rows the former ones stay.
            variables["last"] = statement.condition == .always && pipeline.containsWrite ? rows : nil
        case .keep(let name, let pipeline):
            var rows = try await rows(of: pipeline, inBlock)
            if rows.connections == nil { rows.connections = shell.session.connection.map { [$0.name] } }
            // What may not run leaves what was there before.
            variables[name] = statement.condition == .always ? rows : nil
        case .keepValue(let name, _): variables[name] = nil
        case .alias: break
        }
    }

    /// Checks a pipeline, and says what is known of its rows.
    private mutating func rows(of pipeline: PlannedPipeline, _ inBlock: Bool) async throws -> KnownRows {
        var known = KnownRows()
        for stage in pipeline.stages {
            if stage.isFanOut {
                let inner = stage.block?.statements.first?.ownPipelines.first?.stages.first?.signature?.rows
                let named = (try? await FanOut.connections(named: stage, shell)) ?? []
                // In connections that a variable names other names count.
                known =
                    named.isEmpty
                    ? KnownRows()
                    : KnownRows(
                        fields: inner?.adding(["connection", "connection_2"]), connections: named.map(\.name))
                continue
            }
            let words = try await checked(stage, known, inBlock)
            for inner in stage.block?.statements ?? [] { try await check(inner, inBlock: true) }
            known = words.map { rows(behind: stage, known, $0) } ?? KnownRows()
        }
        return known
    }

    private func rows(behind stage: PlannedStage, _ known: KnownRows, _ words: [String: [BoundValue]]) -> KnownRows {
        switch stage.action {
        case .variable(let word):
            guard let reference = word.soleVariable, reference.path.isEmpty else { return KnownRows() }
            return variables[reference.name] ?? KnownRows()
        case .program: return KnownRows()
        case .command(let entry):
            if let rows = entry.signature.rows { return KnownRows(fields: rows) }
            guard let fields = known.fields, let passing = entry.command as? any FieldPassing else {
                return KnownRows()
            }
            let list = stage.signature?.parameters.first { $0.type.element == .field }
            return KnownRows(
                fields: try? passing.fields(after: fields, list.flatMap { words[$0.name] }),
                connections: known.connections)
        }
    }

    /// The connections of rows, each of which is asked once for its fields.
    private mutating func places(of rows: KnownRows) async throws -> RowPlaces {
        guard rows.connections != nil else { return RowPlaces([shell], directories: [directory]) }
        let places = try await RowPlaces.find(rows.connections, shell, contexts)
        for shell in places.shells {
            guard let name = shell.session.connection?.name, remembered[name] == nil else { continue }
            remembered[name] = OnceAsked(shell)
        }
        return places.remembering { shell in
            shell.session.connection.flatMap { remembered[$0.name] } ?? OnceAsked(shell)
        }
    }

    /// Checks one stage.
    /// - Returns: the words whose text says all, fields by their API names; nil when something is wrong with them.
    private mutating func checked(
        _ stage: PlannedStage, _ known: KnownRows, _ inBlock: Bool
    ) async throws -> [String: [BoundValue]]? {
        let written = Self.literals(stage)
        do {
            let condition = inBlock ? stage.condition : try stage.condition?.withOwnFields()
            var words = written
            let command = stage.entry?.command as? any FieldStage
            if let command,
                stage.signature?.parameters.allSatisfy({ $0.type.element != .field || written[$0.name] != nil })
                    ?? false
            {
                _ = try command.fieldsRead(Call(command.signature, span: stage.name, bound: written), condition)
            }
            if let fields = known.fields, stage.entry?.command is any CoreCommand, StageNaming.isNeeded(stage) {
                let places = try await places(of: known)
                let naming = StageNaming(
                    fields: StageFields(RowStream(Columns([], fields: fields), rows: []), places.directory),
                    places: places,
                    ownNames: command?.ownNames ?? [], ownRow: !inBlock, dates: dates, isAhead: true, asked: asked)
                words = try await naming.named(stage, written, condition).bound
            }
            if let resource = stage.signature?.fields {
                for parameter in stage.signature?.parameters ?? [] where parameter.type.element == .field {
                    for value in written[parameter.name] ?? [] {
                        _ = try await field(value.text, of: resource, at: value.span)
                    }
                }
                try await check(stage.fields, of: resource)
            }
            return words
        } catch let error as ZoshError where error.kind == .usage {
            findings.errors.append(ZoshError.placed(error, at: stage.span))
            return nil
        } catch let error as ZoshError where error.kind != .cancelled {
            // What the network has to say is said when the line runs.
            return nil
        }
    }

    /// What was given to each parameter, where no variable and no file has a part in it.
    private static func literals(_ stage: PlannedStage) -> [String: [BoundValue]] {
        var bound: [String: [BoundValue]] = [:]
        var deferred: Set<String> = []
        for given in stage.given {
            switch given.source {
            case .value(let value): bound[given.parameter.name, default: []].append(value)
            case .deferred: deferred.insert(given.parameter.name)
            }
        }
        return bound.filter { !deferred.contains($0.key) }
    }

    // MARK: Fields that are set

    private mutating func check(_ given: [PlannedStage.Field], of resource: Resource) async throws {
        for assignment in given {
            guard let field = try await field(assignment.name, of: resource, at: assignment.span) else { continue }
            guard let text = assignment.value.literal, assignment.value.plain != "null",
                assignment.value.dropping(bare: "@") == nil
            else { continue }
            try await check(.string(text), of: field, resource, at: assignment.span)
        }
    }

    /// - Returns: nil for a name outside a list that cannot be read, which is sent and read back.
    private mutating func field(_ name: String, of resource: Resource, at span: Span) async throws -> Field? {
        let known = directory.snapshot.fields(of: resource)
        let isInDoubt = resource.isInDoubt(known.names.meaning(of: name))
        let set = isInDoubt ? try await directory.fields(of: resource) : known
        if let gap = set.gap, set.names.meaning(of: name) == .unknown {
            findings.doubts.append(
                ZoshError(
                    .usage,
                    "the list of user fields cannot be read (\(gap.problem)), so '\(name.neutralised)' is unchecked",
                    at: span))
            return nil
        }
        return try resource.fieldToSet(name, among: set.names, at: span)
    }

    private func check(_ value: Value, of field: Field, _ resource: Resource, at span: Span) async throws {
        if try resource.listed(value, of: field, at: span) != nil { return }
        guard case .reference(let target) = field.type else {
            _ = try field.value(from: value, at: span)
            return
        }
        // Whom the lines before add is not there yet.
        guard target != Resource.users.name else { return }
        let values = DirectoryValues(shell: shell, asked: asked)
        let snapshot = shell.directory.snapshot
        let kept = target == Resource.roles.name ? snapshot.roles : snapshot.profiles
        guard kept.named(value.text) == nil, let now = try await values.current(target), !now.isEmpty,
            now.named(value.text) == nil
        else { return }
        let names = now.map { $0.name.neutralised }.sorted()
        throw ZoshError(
            .usage, "there is no \(field.name) '\(value.text.neutralised)'", at: span,
            remedy: Suggestion.nameRemedy(for: value.text, among: names)
                ?? Suggestion.thereAre(names, "\(target) list"))
    }
}

/// The directory of one check, which asks for the fields of a noun once.
private actor OnceAsked: UserDirectory {
    private let shell: ShellContext
    private var known: [Resource: FieldSet] = [:]

    init(_ shell: ShellContext) { self.shell = shell }

    nonisolated var snapshot: DirectorySnapshot { shell.directory.snapshot }

    func fresh(within seconds: Int64) async throws -> DirectorySnapshot {
        try await shell.directory.fresh(within: seconds)
    }

    func fields(of resource: Resource) async throws -> FieldSet {
        if let set = known[resource] { return set }
        let set = try await shell.directory.fields(of: resource)
        known[resource] = set
        return set
    }
}

extension PlannedPipeline {
    fileprivate var isOverConnections: Bool { stages.contains(where: \.isFanOut) }
}

extension VariableScope {
    /// What is known of the rows of variables without looking at them.
    fileprivate var knownRows: [String: NamesAhead.KnownRows] {
        var known: [String: NamesAhead.KnownRows] = [:]
        for name in names {
            guard case .rows(_, let columns, _)? = self[name], let fields = columns.fields else { continue }
            known[name] = NamesAhead.KnownRows(fields: fields, connections: columns.connections)
        }
        return known
    }
}

extension Interpreter {
    /// What is wrong with the files and the names of fields in a text; of names nothing where nobody is signed in,
    /// which its lines will say.
    func mistakesAhead(in lines: [PlannedLine], _ variables: VariableScope) async -> [ZoshError] {
        let absent = FilesAhead.isNeeded(lines) ? FilesAhead.check(lines, files) : []
        return (absent + (await namesAhead(in: lines, variables))).sorted {
            ($0.span?.lower ?? 0) < ($1.span?.lower ?? 0)
        }
    }

    private func namesAhead(in lines: [PlannedLine], _ variables: VariableScope) async -> [ZoshError] {
        let isFixed = await session.settings.connectionIsFixed
        guard NamesAhead.isNeeded(lines, isFixed: isFixed),
            let shell = await contextAhead()
        else { return [] }
        let findings = try? await NamesAhead.check(
            lines, variables, dates, isFixed: isFixed, in: shell, contexts: contexts)
        return findings?.errors ?? []
    }

    /// The world as the first line will see it; without a connection where none is chosen yet.
    private func contextAhead() async -> ShellContext? {
        if let shell = try? await contexts.context(needsConnection: true, progress: ProgressMeter()) { return shell }
        return try? await contexts.context(needsConnection: false, progress: ProgressMeter())
    }
}
