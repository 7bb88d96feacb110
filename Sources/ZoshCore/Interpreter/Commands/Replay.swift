internal import ZoshKit

/// `replay FILE name=value …` (`zosh -f FILE`): runs a script in a scope of its own, after checking the whole of it.
struct Replay: CoreCommand {
    let signature = Signature(
        "replay", "Check a script whole, then run it with its parameters", effect: .local, takesFields: true
    ) {
        Argument("file", .file, "The script; its parameters follow as name=value")
        Flag("check", "Say what it would run; run nothing")
        Flag("dry-run", "Read, and describe every write in place of doing it")
        Flag("keep-going", "Go on after a line that failed")
        Flag("step", "Ask before every line that writes")
    }

    let examples = [
        Example("replay offboarding.zosh leaver=ada@example.com --dry-run", "what it would do"),
        Example("replay offboarding.zosh leaver=ada@example.com --step", "asking at each write"),
    ]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let outer = core.runner.text
        let source = try await ScriptFile.read(call, core)
        let script = await Script.prepare(source, outer.interpreter)
        let errors = script.plan.errors + Script.refused(script.plan, core.runner.shell.session)
        if let status = await outer.interpreter.report(errors, in: source, outer.sink) {
            outer.line.end(with: status)
            return .none
        }
        let variables = VariableScope(try script.values(call, core.dates))
        if call.flag("check") { return script.description }
        var inner = TextRunner(
            interpreter: outer.interpreter, source: source, variables: variables, sink: outer.sink, line: LineState(),
            depth: outer.depth + 1)
        inner.options.stopsAtFailure = !call.flag("keep-going")
        inner.options.keepsGoing = call.flag("keep-going")
        inner.options.dryRun = call.flag("dry-run") || outer.options.dryRun
        inner.options.step = call.flag("step") || outer.options.step
        inner.options.isFresh = true
        outer.line.end(with: await inner.run(script.plan.lines))
        return .none
    }
}
