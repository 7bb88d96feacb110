internal import ZoshKit

/// `source FILE`: runs a file's lines as if they were typed here.
struct Source: CoreCommand {
    let signature = Signature(
        "source", "Run a file's lines in this session", facts: [.runsFile, .sharesVariables], effect: .local
    ) {
        Argument("file", .file, "The file")
        Flag("allow-external", "Let its lines run other programs (!prog)")
    }

    let examples = [Example("source team.zosh", "its variables and aliases stay")]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let text = core.runner.text
        let source = try await ScriptFile.read(call, core)
        let mayRunPrograms = await core.mayRunPrograms(call)
        let aliases = await core.session.aliases
        var plan = await text.interpreter.plan(
            Parser.parse(source.text), source.text, aliases: aliases, variables: text.variables.names,
            allowsPrograms: mayRunPrograms, filesMayRunPrograms: mayRunPrograms,
            within: text.files.union([ScriptFile.wholePath(source.name)]))
        var inner = text
        if let map = text.map, plan.errors.isEmpty {
            let header = try plan.lines.first?.header.map { stage throws(ZoshError) in try ScriptHeader(stage) }
            if let header, header.namesAPlace, let here = shell.session.connection, header.fits(here) {
                // It belongs here as it is.
                inner.map = nil
            } else {
                let map = try await map.renewed(by: shell.directory)
                plan = map.checked(plan, of: source.text)
                inner.map = map.within(plan)
            }
        }
        var mistakes = plan.mistakes(plan.errors, in: source)
        if mistakes.isEmpty {
            mistakes = await text.interpreter.mistakesAhead(in: plan.lines, of: source, text.variables, text.sink)
        }
        if let status = await text.interpreter.report(mistakes, text.sink) {
            return .ended(with: status)
        }
        inner.enter(source, within: text)
        inner.options.stopsAtFailure = true
        inner.options.keepsLast = Syntax.variables(in: source.text).contains(Syntax.lastRows)
        inner.options.allowsExternal = mayRunPrograms
        return .ended(with: await inner.run(plan.lines))
    }
}
