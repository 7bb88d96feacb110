internal import ZoshKit

/// `record start FILE`: from now on, what is typed here and goes well becomes a script of the current connection.
struct RecordStart: CoreCommand {
    let signature = Signature(
        "record start", "Record this session as a script", facts: [.isBesideTheWork], effect: .local
    ) {
        Argument("file", .file, "The script to write; never over a file unasked")
        Flag("force", "Replace a file that exists")
    }

    let examples = [Example("record start offboarding.zosh", "then work, then: record stop")]

    let version: String

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        if let recording = await core.session.recording {
            throw ZoshError(
                .refused, "this session is being recorded already, into '\(await recording.name)'", at: call.span,
                remedy: "record stop")
        }
        guard !core.runner.text.options.isFresh else {
            throw ZoshError(
                .refused, "a script cannot be recorded", at: call.span,
                remedy: "record start at the prompt, or in: zosh < FILE")
        }
        // Lines are recorded as they come; those of the same text are running already.
        let program = Parser.parse(core.runner.text.source.text)
        guard program.lines.count == 1, program.lines[0].statements.count == 1 else {
            throw ZoshError(
                .usage, "'record start' must be on a separate line: the rest of the same text is not recorded",
                at: call.span,
                remedy: "put it on a separate line")
        }
        let path: String = try call.require("file")
        // Which organisation the script is for is known from its first line on.
        let now = try await core.runner.text.interpreter.contexts.context(
            needsConnection: true, progress: shell.progress)
        guard let place = now.session.connection else {
            throw ZoshError(
                .auth, "a recording belongs to one connection, and there is no login yet", at: call.span,
                remedy: "sign in: auth login")
        }
        do {
            let file = try RecordingFile(path, replacing: call.flag("force"))
            await core.session.set(
                recording: try Recording(file, of: place, by: core.runner.text.interpreter, version: version))
        } catch let error as ZoshError { throw error.at(call.span(of: "file")) }
        return .none
    }
}

/// `record stop`: the script is complete.
struct RecordStop: CoreCommand {
    let signature = Signature("record stop", "End the recording", facts: [.isBesideTheWork], effect: .local)

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let recording = await core.session.recording else {
            throw ZoshError(.refused, "nothing is being recorded", at: call.span, remedy: "record start FILE")
        }
        await core.session.set(recording: nil)
        return try await recording.end()
    }
}
