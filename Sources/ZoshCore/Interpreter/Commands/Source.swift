internal import ZoshKit

/// `source FILE`: runs a file's lines as if they were typed here.
struct Source: CoreCommand {
    let signature = Signature("source", "Run a file's lines in this session", effect: .local) {
        Argument("file", .file, "The file")
        Flag("allow-external", "Let its lines run other programs (!prog)")
    }

    let examples = [Example("source team.zosh", "its variables and aliases stay")]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let text = core.runner.text
        let source = try await ScriptFile.read(call, core)
        let mayRunPrograms = await core.mayRunPrograms(call)
        let plan = await text.interpreter.plan(
            Parser.parse(source.text), source.text, variables: text.variables.names, prefixes: false,
            allowsPrograms: mayRunPrograms)
        if let status = await text.interpreter.report(plan.errors, in: source, text.sink) {
            text.line.end(with: status)
            return .none
        }
        var inner = text
        inner.source = source
        inner.depth += 1
        inner.options.stopsAtFailure = true
        inner.options.keepsLast = RecordedLine.variables(in: source.text).contains("last")
        inner.options.allowsExternal = mayRunPrograms
        text.line.end(with: await inner.run(plan.lines))
        return .none
    }
}
