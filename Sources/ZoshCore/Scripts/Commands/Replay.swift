internal import ZoshKit

/// `replay FILE name=value …` (`zosh -f FILE`): runs a script in its own scope, after checking the whole of it.
struct Replay: CoreCommand {
    let signature = Signature(
        "replay", "Check a script whole, then run it with its parameters", facts: [.runsFile, .takesScriptParameters],
        effect: .local, takesFields: true
    ) {
        Argument("file", .file, "The script; its parameters follow as name=value")
        Flag("check", "Show what it would run and what that costs; run nothing")
        Flag("dry-run", "Read, and describe every write instead of doing it")
        Flag("resume", "Continue where the last run of this script stopped; nothing is done twice")
        Flag("map", "Run in another organisation than its own: people by e-mail, roles and profiles by name")
        Flag("keep-going", "Continue after a line that failed")
        Flag("step", "Ask before every line that writes")
        Flag("administrators", "Allow giving or taking administrator rights in all of it")
        Flag("allow-external", "Let the script run other programs (!prog)")
    }

    let examples = [
        Example("replay offboarding.zosh leaver=ada@example.com --dry-run", "what it would do"),
        Example("replay offboarding.zosh leaver=ada@example.com --step", "asking at each write"),
        Example("replay onboarding.zosh --resume", "after it was interrupted"),
    ]

    let version: String

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let session = core.session
        let chosen = await session.connectionName
        do {
            let status = try await replay(call, core)
            if chosen == nil { await session.use(connection: nil) }
            return switch status {
            case .ended(let status): .ended(with: status)
            case .described(let rows): rows
            }
        } catch {
            if chosen == nil { await session.use(connection: nil) }
            throw error
        }
    }

    private enum Ending {
        case ended(ExitStatus)
        case described(RowStream)
    }

    private func replay(_ call: Call, _ core: CoreContext) async throws -> Ending {
        let outer = core.runner.text
        let interpreter = outer.interpreter
        let source = try await ScriptFile.read(call, core)
        let flags = try await flags(call, source, core)
        let script = await Script.prepare(
            source, interpreter, allowsPrograms: flags.contains("allow-external"), within: outer.files)
        let isCheck = call.flag("check")
        /// What is wrong in the script's text and in the files it runs; nil when nothing is.
        func reported(_ mistakes: [TextMistakes]) async -> Ending? {
            await interpreter.report(mistakes, outer.sink, most: isCheck ? .max : Interpreter.mostErrors)
                .map { .ended($0) }
        }
        func reported(_ errors: [ZoshError]) async -> Ending? {
            await reported(errors.isEmpty ? [] : [TextMistakes(source: script.source, errors: errors)])
        }
        if let ending = await reported(script.plan.mistakes(script.plan.errors, in: script.source)) { return ending }
        let place: ScriptPlace
        var unchecked = UncheckedNames(script: script)
        do {
            let header = try script.plan.header.map { stage throws(ZoshError) in try ScriptHeader(stage) }
            try header?.check(version: version)
            place = try await ScriptPlace.find(
                header, mayMap: flags.contains("map"), need: script.connectionNeed, core.runner)
        } catch let error as ZoshError {
            guard isCheck, await UncheckedNames.isAbsence(error, core.session) else {
                guard error.span != nil else { throw error }
                return await reported([error]) ?? .ended(.failed)
            }
            // What needs no connection can be checked all the same.
            place = ScriptPlace(
                shell: try await interpreter.contexts.context(
                    needsConnection: false, progress: core.runner.shell.progress), map: nil)
            unchecked.reason = error
        }
        if let map = place.map {
            let plan = map.checked(script.plan, of: script.source.text)
            if let ending = await reported(plan.errors) { return ending }
        }
        let hasConnection = place.shell.session.connection != nil
        if hasConnection || !isCheck, let ending = await reported(await script.refused(place.shell)) { return ending }
        // A run that is taken up again may have used up a file.
        let names = try await NamesAhead.check(
            script.plan.lines, VariableScope(), interpreter, in: place.shell, looksForFiles: !call.flag("resume"))
        if let ending = await reported(names.mistakes(in: script.source)) { return ending }
        guard isCheck else { return .ended(try await run(script, at: place, call, flags, core)) }
        guard let values = try await values(script, call, core, place.shell) else { return .ended(.usage) }
        do {
            let findings = try await check(values, script, place, call, core)
            if let status = await report(findings, script, core) { return .ended(status) }
            let uses = try await report(usesOf: findings.values, script, place, isNew: true, core)
            if let uses { return .ended(uses) }
        } catch let error as ZoshError where error.kind == .network || error.kind == .rateLimited {
            unchecked.reason = unchecked.reason ?? error
        }
        unchecked.add(names, hasConnection: hasConnection)
        if !unchecked.notes.isEmpty { await outer.sink.conclude(RowOutcome(notes: unchecked.notes)) }
        let people = place.shell.directory.snapshot.people.count
        return .described(script.description(people: people > 0 ? people : nil))
    }

    /// The flags that hold: those given, and those that the run had which is taken up.
    private func flags(_ call: Call, _ source: SourceText, _ core: CoreContext) async throws -> Set<String> {
        var flags = Set(ScriptRun.inheritedFlags.filter(call.flag))
        if await core.mayRunPrograms(call) { flags.insert("allow-external") }
        guard call.flag("resume"), let journal = core.runner.text.interpreter.journal else { return flags }
        return flags.union(
            try await ScriptRun.flags(
                ofRun: source, ScriptFile.wholePath(source.name), at: core.runner.shell.session.connection, in: journal)
        )
    }

    private func run(
        _ script: Script, at place: ScriptPlace, _ call: Call, _ flags: Set<String>, _ core: CoreContext
    ) async throws -> ExitStatus {
        let outer = core.runner.text
        let isDry = call.flag("dry-run") || outer.options.dryRun || place.shell.session.dryRun
        let run = outer.interpreter.journal.map {
            ScriptRun(
                journal: $0, path: ScriptFile.wholePath(script.source.name), source: script.source,
                connection: script.plan.dependsOnConnection ? place.shell.session.connection : nil, now: core.dates.now)
        }
        let former = call.flag("resume") || !isDry && script.mayWrite ? try await run?.unfinished() : nil
        if call.flag("resume"), run == nil {
            throw ZoshError(
                .usage, "there is no journal to resume from", at: call.span(of: "resume"),
                remedy: "leave --resume out")
        }
        let before = call.flag("resume") ? former.map(ScriptRun.parameters) ?? [:] : [:]
        guard let values = try await values(script, call, core, place.shell, before: before) else { return .usage }
        let findings = try await check(values, script, place, call, core)
        if let status = await report(findings, script, core) { return status }
        if let status = try await report(
            usesOf: findings.values, script, place, isNew: !call.flag("resume"), core)
        {
            return status
        }

        var journal = outer.journal
        // What only reads has nothing to lose and is read again.
        if let run, call.flag("resume"), script.mayWrite {
            let resumed = try await run.resume(former, isDry: isDry, at: call.span(of: "resume"))
            journal = resumed
            for note in await resumed.notesOnFiles(core.files) { core.runner.shell.console.note(note) }
            if let former, !run.isUnchanged(since: former) {
                core.runner.shell.console.note(
                    "The script was edited since it stopped; edited lines run as new ones")
            }
        } else if let run, journal == nil, script.mayWrite, !isDry {
            if let former {
                try await run.checkNotRunning(former, at: call.span)
                core.runner.shell.console.note(ScriptRun.note(replacing: former))
            }
            journal = try await run.begin(
                values, flags, RunAllowance(place.shell.session), at: call.span)
        }
        var inner = TextRunner(
            interpreter: outer.interpreter, source: script.source, variables: VariableScope(findings.values),
            sink: outer.sink,
            line: LineState(foreseen: outer.line.foreseen), map: place.map?.within(script.plan))
        inner.enter(script.source, within: outer)
        inner.options.stopsAtFailure = !flags.contains("keep-going")
        inner.options.keepsGoing = flags.contains("keep-going")
        inner.options.dryRun = isDry
        inner.options.step = flags.contains("step") || outer.options.step
        inner.options.isFresh = true
        inner.options.allowsExternal = flags.contains("allow-external")
        inner.options.keepsLast = Syntax.variables(in: script.source.text).contains(Syntax.lastRows)
        // A dry run inside a real one is not part of what the run has done.
        inner.journal = journal?.isDry == isDry ? journal : nil
        var allowed = (call.flag("resume") ? former.map { RunAllowance(of: $0.header) } : nil) ?? RunAllowance()
        if call.flag("administrators") { allowed.administrators = true }
        let (runner, allowance) = (inner, allowed)
        let status = await core.session.allowing(allowance) { await runner.run(script.plan.lines) }
        if let journal, outer.journal == nil {
            let isOver = try await journal.finish(status, isWhole: flags.contains("keep-going"))
            // Only what can be done as it is written is named: a script on standard input is gone, and so is a store
            // that ends with this process, unless the person still sits at the prompt.
            let canResume = outer.interpreter.journal?.runs.outlastsProcess == true || outer.options.isTyped
            if !isOver, !isDry, canResume, await journal.hasProgress, let name = script.source.name,
                call.values("file").last?.text != "-"
            {
                // The script stops at such a line however often it is taken up.
                let stays = await journal.hasCancelledLines && !flags.contains("keep-going")
                let options = " --resume" + (stays ? " --keep-going" : "") + outer.tally.neededOptions
                let script = Syntax.quoted(name)
                // A run keeps its --at-most, and would stop there every time.
                core.runner.shell.console.note(
                    outer.tally.underCeiling.exceededLimit == nil
                        ? "Progress saved; continue with: replay \(script)\(options)"
                        : "Progress saved; continue with a larger --at-most: zosh --at-most N -f \(script)\(options)")
            }
        }
        return status
    }

    /// The parameters' values; nil when what is wrong with them has been reported.
    private func values(
        _ script: Script, _ call: Call, _ core: CoreContext, _ shell: ShellContext, before: [String: String] = [:]
    ) async throws -> [String: Variable]? {
        let outer = core.runner.text
        let reader = ScriptValues(script: script, call: call, dates: core.dates, before: before)
        let reading = try await reader.read(asking: shell.session.interactive ? shell.console : nil)
        guard await outer.interpreter.report(reading.mistakes, in: outer.source, outer.sink) == nil else { return nil }
        return reading.values
    }

    /// Tells what is wrong where the lines of a script use its parameters; nil when nothing is.
    private func report(
        usesOf values: [String: Variable], _ script: Script, _ place: ScriptPlace, isNew: Bool, _ core: CoreContext
    ) async throws -> ExitStatus? {
        guard !script.plan.parameters.isEmpty else { return nil }
        let outer = core.runner.text
        let names = try await NamesAhead.check(
            script.plan.lines, VariableScope(values), outer.interpreter, in: place.shell, looksForFiles: isNew)
        return await outer.interpreter.report(names.mistakes(in: script.source), outer.sink)
    }

    /// The parameters as they are meant where the script runs, and what is wrong with them there.
    private func check(
        _ values: [String: Variable], _ script: Script, _ place: ScriptPlace, _ call: Call, _ core: CoreContext
    ) async throws -> ParameterCheck.Findings {
        let check = ParameterCheck(
            script: script, call: call, shell: place.shell, map: place.map, files: core.files,
            isNew: !call.flag("resume"))
        return try await check.check(values)
    }

    /// Tells what is wrong where it stands: in the line typed, or in the script; nil when nothing is.
    private func report(_ findings: ParameterCheck.Findings, _ script: Script, _ core: CoreContext) async -> ExitStatus?
    {
        let outer = core.runner.text
        let typed = await outer.interpreter.report(findings.typed, in: outer.source, outer.sink)
        let own = await outer.interpreter.report(findings.defaults, in: script.source, outer.sink)
        return typed ?? own
    }
}
