internal import ZoshKit

/// `history run N`: an earlier line again, shown first, as if it had been typed now.
struct HistoryRun: CoreCommand {
    let signature = Signature("history run", "Run an earlier line again", facts: [.isBesideTheWork], effect: .local) {
        Argument("number", .integer(1...), "Its number, as history shows it")
    }

    let examples = [Example("history run 12", "a write asks again")]

    let listing: any HistoryListing

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        let number: Int = try call.require("number")
        let text = core.runner.text
        guard text.depth < ScriptFile.deepest else {
            throw ZoshError(.usage, "too many nested runs", at: call.span(of: "number"))
        }
        guard let line = try await listing.lines(number...number).first else {
            throw ZoshError(.notFound, "there is no line \(number)", at: call.span(of: "number"), remedy: "history")
        }
        shell.console.note(line.line)
        let source = SourceText(line.line)
        let plan = await text.interpreter.plan(
            Parser.parse(line.line), line.line, variables: text.variables.names, prefixes: true)
        if let status = await text.interpreter.report(plan.errors, in: source, text.sink) {
            return .ended(with: status)
        }
        var inner = text
        inner.source = source
        inner.depth += 1
        return .ended(with: await inner.run(plan.lines))
    }
}
