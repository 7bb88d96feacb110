internal import ZoshKit

/// `let NAME = PIPELINE` as help and completion see it; the parser itself reads the statement.
struct LetCommand: CoreCommand {
    let signature = Signature("let", "Keep the rows of a pipeline as $NAME", facts: [.defines], effect: .local) {
        Argument("name", .variable, "The name, without $")
        Argument("pipeline", .pipeline, "After '=': a pipeline, or a quoted value")
    }

    let examples = [
        Example("let admins = users list type=AdminUsers", "then: $admins | count"),
        Example("let who = 'ada@example.com'", "one value"),
    ]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        throw ZoshError(.usage, "'let' must begin the line", at: call.span, remedy: "let NAME = PIPELINE")
    }
}
