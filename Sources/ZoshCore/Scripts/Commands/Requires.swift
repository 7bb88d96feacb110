internal import ZoshKit

/// `requires zosh=0.1 org=60001 dc=eu`: a script's header. A replayed script's is read before its first line; elsewhere
/// (typed, sourced, standard input) this runs, and nothing of the text runs after a no.
struct Requires: CoreCommand {
    let signature = Signature(
        ScriptHeader.command, "Name what a script is for (connection, organisation …); it runs nowhere else",
        facts: [.isBesideTheWork, .heads],
        effect: .local
    ) {
        Option("zosh", .string, "The oldest version of zosh that will do")
        Option("connection", .connection, "The connection it runs on when none is chosen")
        Option("org", .organization, "The id (zgid) of its organisation")
        Option("dc", .dataCentre, "Its data centre")
        Option("environment", .choice(ZohoEnvironment.self), "Its environment")
    }

    let examples = [Example("requires zosh=0.1", "the first line of a script that may run anywhere")]

    let version: String

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        do {
            try await check(ScriptHeader(call), call, shell, core)
            return .none
        } catch {
            core.runner.text.line.endInWrongPlace()
            throw error
        }
    }

    private func check(_ header: ScriptHeader, _ call: Call, _ shell: ShellContext, _ core: CoreContext) async throws {
        try header.check(version: version)
        // A mapped script may run a file that belongs where it belongs itself.
        guard header.namesAPlace, core.runner.text.map.map({ header.isOf($0.home) }) != true else { return }
        let now = try await core.runner.text.interpreter.contexts.context(
            needsConnection: true, progress: shell.progress)
        guard let connection = now.session.connection, header.fits(connection) else {
            throw ZoshError(
                .refused, "this is not \(header.place)", at: call.span,
                remedy: "use the connection it is for, or replay the file with --map")
        }
    }
}
