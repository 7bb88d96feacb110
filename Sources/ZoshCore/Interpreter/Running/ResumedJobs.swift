internal import ZoshKit

/// Takes up the line or the script of a job, from inside the line that asks for it.
struct ResumedJobs: UnfinishedJobs {
    let core: CoreContext

    func resume(_ job: JobSummary, for call: Call) async throws -> RowStream {
        let outer = core.runner.text
        if let timing = job.timing, job.ended == nil {
            throw ZoshError(
                .refused,
                job.state == .waiting
                    ? "job \(job.number) waits until \(timing.text)" : "job \(job.number) is scheduled",
                at: call.span, remedy: job.state == .waiting ? "jobs show \(job.number)" : "jobs due")
        }
        guard job.state == .unfinished || job.state == .running, let journal = outer.interpreter.journal,
            let number = job.run, let item = try await journal.runs.item(number), !item.isFinished
        else {
            throw ZoshError(
                .refused,
                job.state == .cancelled
                    ? "job \(job.number) was cancelled" : "nothing of job \(job.number) is left to do",
                at: call.span, remedy: remedy(for: job))
        }
        let isDry = call.flag("dry-run") || outer.options.dryRun || core.runner.shell.session.dryRun
        if let script = item.header.string("script") {
            return try await resume(script, item.header, of: job, call, isDry: isDry)
        }
        if let lost = item.header["lost"]?.list?.first {
            throw ZoshError(
                .refused,
                "$\(lost.text.neutralised) held more than \(KeptRows.most) rows, so it is not known what is left to do",
                at: call.span, remedy: "jobs show \(job.number)")
        }
        let resumed = try await journal.resume(item, isDry: isDry)
        do {
            return try await run(
                item.header.string("text") ?? "", of: job, call, isDry: isDry, as: resumed, header: item.header)
        } catch {
            _ = try? await resumed.finish(.interrupted)
            throw error
        }
    }

    private func resume(_ script: String, _ header: Row, of job: JobSummary, _ call: Call, isDry: Bool) async throws
        -> RowStream
    {
        guard script.hasPrefix("/") else {
            throw ZoshError(
                .refused, "the script of job \(job.number) came on standard input and is not kept", at: call.span,
                remedy: "give it again: zosh -f - --resume < FILE")
        }
        let session = core.session
        let isChosen = await session.connectionName != nil
        if header.string("org") != nil, isChosen { try checkPlace(header, job, at: call.span) }
        // With --map it was run at another one than its own, which it would choose.
        if !isChosen { await session.use(connection: header.string("connection")) }
        let text =
            "replay \(Syntax.quoted(script)) --resume" + (isDry ? " --dry-run" : "")
            + (call.flag("administrators") ? " --administrators" : "")
        do {
            let rows = try await run(text, of: job, call, isDry: isDry)
            if !isChosen { await session.use(connection: nil) }
            return rows
        } catch {
            if !isChosen { await session.use(connection: nil) }
            throw error
        }
    }

    private func remedy(for job: JobSummary) -> String? {
        switch job.state {
        case .failed: "jobs failed \(job.number)"
        // Its script was run from the beginning since.
        case .unfinished: "jobs cancel \(job.number)"
        case .done, .cancelled, .running, .waiting, .due: nil
        }
    }

    /// - Throws: where the job would continue in another organisation.
    private func checkPlace(_ header: Row, _ job: JobSummary, at span: Span) throws {
        let here = core.runner.shell.session.connection
        if let refusal = RunLogin.refusal("job \(job.number)", header, here, at: span) { throw refusal }
        guard
            header.string("org") != here?.orgID || header.string("dc") != here?.dataCentre
                || header.string("environment") != here?.environment.rawValue
        else { return }
        let name = header.string("connection") ?? job.connection
        throw ZoshError(
            .refused, "job \(job.number) belongs to the connection '\(name.neutralised)'", at: span,
            remedy: core.runner.shell.session.interactive
                ? "use \(Syntax.quoted(name))"
                : "zosh --connection \(Syntax.quoted(name)) -c 'jobs resume \(job.number)'")
    }

    private func run(
        _ text: String, of job: JobSummary, _ call: Call, isDry: Bool, as resumed: RunJournal? = nil,
        header: Row = Row()
    ) async throws -> RowStream {
        let outer = core.runner.text
        let interpreter = outer.interpreter
        let source = SourceText(text)
        var values: [String: Variable] = [:]
        for field in header["variables"]?.row?.fields ?? [] { values[field.name] = .value(field.value) }
        for (name, kept) in resumed?.variables ?? [:] { values[name] = .rows(kept.rows, kept.columns, isWhole: true) }
        let variables = VariableScope(values)
        // What its words stood for where it was typed, whatever they stand for here.
        let aliases = (header["aliases"]?.row?.fields ?? []).map { ($0.name, $0.value.text) }
        let plan = await interpreter.plan(
            Parser.parse(text), text, aliases: Dictionary(aliases) { $1 }, variables: variables.names, prefixes: true)
        if let status = await interpreter.report(plan.errors, in: source, outer.sink) {
            try await resumed?.finish(.interrupted)
            return .ended(with: status)
        }
        let session = core.session
        let chosen = await session.connectionName
        let isOfRows = resumed != nil && header.string("org") == nil && plan.connectionNeed == .ofRows
        if isOfRows {
            // No connection was chosen when it was begun, and none is now.
            await session.use(connection: nil)
        } else if resumed != nil, plan.dependsOnConnection {
            try checkPlace(header, job, at: call.span)
        }
        var inner = TextRunner(
            interpreter: interpreter, source: source, variables: variables, sink: outer.sink, line: LineState())
        inner.enter(source, within: outer)
        inner.options = outer.options
        inner.options.dryRun = isDry
        inner.options.yes = call.flag("yes") || outer.options.yes
        inner.resumed = resumed
        let runner = inner
        var allowed = RunAllowance(of: header)
        if call.flag("administrators") { allowed.administrators = true }
        let allowance = allowed
        let status = await interpreter.session.allowing(allowance) {
            await runner.run(plan.lines)
        }
        if isOfRows { await session.use(connection: chosen) }
        return .ended(with: status)
    }
}
