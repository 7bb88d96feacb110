internal import ZoshKit

/// Takes up the line or the script of a job, from inside the line that asks for it.
struct ResumedJobs: UnfinishedJobs {
    let core: CoreContext

    func resume(_ job: JobSummary, for call: Call) async throws -> RowStream {
        let outer = core.runner.text
        guard let journal = outer.interpreter.journal, let number = job.run,
            let item = try await journal.runs.item(number), !item.isFinished
        else {
            throw ZoshError(
                .refused, "nothing of job \(job.number) is left to do", at: call.span,
                remedy: job.state == .failed ? "jobs failed \(job.number)" : nil)
        }
        let isDry = call.write.dryRun || outer.options.dryRun
        if let script = item.header.string("script") {
            let text = "replay \(Syntax.quoted(script)) --resume" + (isDry ? " --dry-run" : "")
            return try await run(text, VariableScope(), of: call, isDry: isDry) { _ in }
        }
        try await checkPlace(item.header, job, at: call.span)
        let values = (item.header["variables"]?.row ?? Row()).fields.map { ($0.name, Variable.value($0.value)) }
        let resumed = try await journal.resume(item, isDry: isDry)
        return try await run(
            item.header.string("text") ?? "", VariableScope(Dictionary(values) { $1 }), of: call, isDry: isDry
        ) { $0.resumed = resumed }
    }

    /// A line without a connection of its own would go on somewhere else.
    private func checkPlace(_ header: Row, _ job: JobSummary, at span: Span) async throws {
        let here = core.runner.shell.session.connection
        guard
            header.string("org") != here?.orgID || header.string("dc") != here?.dataCentre
                || header.string("environment") != here?.environment.rawValue
        else { return }
        let name = header.string("connection") ?? job.connection
        throw ZoshError(
            .refused, "job \(job.number) belongs to the connection '\(name.neutralised)'", at: span,
            remedy: "use \(Syntax.quoted(name))")
    }

    private func run(
        _ text: String, _ variables: VariableScope, of call: Call, isDry: Bool,
        prepare: (inout TextRunner) -> Void
    ) async throws -> RowStream {
        let outer = core.runner.text
        let interpreter = outer.interpreter
        let source = SourceText(text)
        let plan = await interpreter.plan(
            Parser.parse(text), text, aliases: await interpreter.session.aliases, variables: variables.names)
        if let status = await interpreter.report(plan.errors, in: source, outer.sink) {
            outer.line.end(with: status)
            return .none
        }
        var inner = TextRunner(
            interpreter: interpreter, source: source, variables: variables, sink: outer.sink, line: LineState())
        inner.enter(source, within: outer)
        inner.options = outer.options
        inner.options.dryRun = isDry
        inner.options.yes = call.write.yes || outer.options.yes
        prepare(&inner)
        outer.line.end(with: await inner.run(plan.lines))
        return .none
    }
}
