internal import ZoshKit

/// A script read and checked: what it declares, and what it will run.
struct Script: Sendable {
    let source: SourceText
    let plan: Plan

    /// - Parameter running: the files within which it runs.
    static func prepare(
        _ source: SourceText, _ interpreter: Interpreter, allowsPrograms: Bool, within running: Set<String> = []
    ) async -> Script {
        var plan = await interpreter.plan(
            Parser.parse(source.text), source.text, allowsParameters: true, allowsPrograms: allowsPrograms,
            filesMayRunPrograms: allowsPrograms, within: running.union([ScriptFile.wholePath(source.name)]))
        plan.errors += plan.pipelines.flatMap(\.stages).filter(\.namesJob).map { stage in
            ZoshError(
                .usage, "a script cannot name a job, since every store numbers its own", at: stage.span,
                remedy: "undo without a number takes back the last job of the script itself")
        }
        plan.errors += plan.pipelines.flatMap(\.stages).filter(\.makesPlan).map { stage in
            ZoshError(
                .usage, "a plan is made of a typed line, not of a line of a script", at: stage.span,
                remedy: "show what the script would do: replay FILE --dry-run")
        }
        return Script(source: source, plan: plan)
    }

    var connectionNeed: ConnectionNeed { plan.connectionNeed }

    /// Whether anything in it, or in a file it runs, may change something at Zoho.
    var mayWrite: Bool {
        plan.pipelines.contains {
            $0.writesAtZoho || $0.stages.contains { $0.signature?.states(.runsFile) == true }
        }
    }

    /// What the connections do not allow, reported before the first line runs; unless the script itself changes the
    /// connection, so that they are not known.
    func refused(_ shell: ShellContext) async -> [ZoshError] {
        guard !plan.commands.contains(where: \.signature.mayLeaveConnection) else { return [] }
        var errors: [ZoshError] = []
        // What is allowed once is allowed in the ten thousand lines after.
        var allowed: Set<ObjectIdentifier> = []
        func isAllowed(_ stage: PlannedStage, _ isOwn: Bool) -> Bool {
            guard let entry = stage.entry else { return true }
            return isOwn && stage.block == nil && allowed.contains(ObjectIdentifier(entry))
        }
        func check(_ stages: [PlannedStage], _ session: SessionSnapshot, isOwn: Bool = true) async {
            let fanOut = stages.firstIndex(where: \.isFanOut) ?? stages.endIndex
            for index in stages.indices where !isAllowed(stages[index], isOwn) {
                let stage = stages[index]
                // Each of its rows names a connection, or may.
                let mayRoute = index > fanOut || session.connection == nil && stage.takesRows(at: index)
                if mayRoute, stage.signature?.routesRows == true { continue }
                guard let entry = stage.entry else { continue }
                do throws(ZoshError) {
                    try Admission.check(stage, session)
                    if isOwn, stage.block == nil { allowed.insert(ObjectIdentifier(entry)) }
                } catch { errors.append(error) }
                let inner = stage.block?.statements.flatMap(\.ownPipelines).flatMap(\.stages) ?? []
                guard stage.isFanOut else {
                    await check(inner, session, isOwn: isOwn)
                    continue
                }
                do {
                    for connection in try await FanOut.connections(named: stage, shell) {
                        var other = session
                        other.connection = connection
                        await check(inner, other, isOwn: false)
                    }
                } catch { errors.append(ZoshError.placed(error, at: stage.span)) }
            }
        }
        for line in plan.lines {
            for pipeline in line.statements.lazy.flatMap(\.ownPipelines) { await check(pipeline.stages, shell.session) }
        }
        return errors
    }

    /// What the script will run, a row for each line, for `--check`.
    /// - Parameter people: how many people the kept directory knows, to count pages by.
    func description(people: Int?) -> RowStream {
        var rows: [Row] = []
        if let first = plan.parameters.first(where: { Plan.looksUp($0.type) }) {
            // One look into the directory serves all of them: users, roles and profiles.
            let place = source.place(of: first.name.span)
            rows.append([
                "line": .integer(Int64(place.line)), "writes": .bool(false),
                "calls": .string(String(max(1, ((people ?? 1) + 199) / 200) + 2)),
                "text": .string(place.text), "commands": .list([]), "scopes": .list([]),
            ])
        }
        rows += plan.lines.map { line -> Row in
            var writes = false
            var commands: [Value] = []
            var scopes: Set<String> = []
            line.visit { stage in
                guard let signature = stage.signature else { return }
                if signature.isWrite { writes = true }
                commands.append(.string(signature.name))
                for scope in signature.scopes { scopes.insert(scope.name) }
            }
            return [
                "line": .integer(Int64(source.lineNumber(of: line.span))), "writes": .bool(writes),
                "calls": .string(ScriptCost(line.statements.flatMap(\.ownPipelines), people: people).description),
                "text": .string(source.excerpt(line.span)),
                "commands": .list(commands), "scopes": .list(scopes.sorted().map(Value.string)),
            ]
        }
        return RowStream(Columns(["line", "writes", "calls", "text"]), rows: rows)
    }
}
