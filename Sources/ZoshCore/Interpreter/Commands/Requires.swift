internal import ZoshKit

/// `requires zosh=0.1 org=60001 dc=eu`: a script's header. On any other line it checks the same and goes on.
struct Requires: CoreCommand {
    static let path = ["requires"]

    let signature = Signature("requires", "Say where a script belongs, and stop anywhere else", effect: .local) {
        Option("zosh", .string, "The oldest version of zosh that will do")
        Option("connection", .connection, "The connection it runs on when none is chosen")
        Option("org", .organization, "The id (zgid) of its organisation")
        Option("dc", .dataCentre, "Its data centre")
        Option("environment", .choice(ZohoEnvironment.self), "Its environment")
    }

    let examples = [Example("requires zosh=0.1", "the first line of a script that may run anywhere")]

    let version: String

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let header = ScriptHeader(call)
        try header.check(version: version)
        guard header.namesAPlace else { return .none }
        let now = try await core.runner.text.interpreter.contexts.context(needsConnection: true, progress: shell.progress)
        guard let connection = now.session.connection, header.fits(connection) else {
            throw ZoshError(.refused, "this is not \(header.place)", at: call.span, remedy: "use the connection it is for, or replay the file with --map")
        }
        return .none
    }
}
