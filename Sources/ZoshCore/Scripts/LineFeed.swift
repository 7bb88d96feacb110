internal import ZoshKit

/// Lines from outside the interpreter: `zosh < FILE`.
public protocol LineReading: Sendable {
    /// The next line without its line break; nil at the end.
    func next() async throws -> String?
}

extension Interpreter {
    /// Runs lines as they come: each when it is complete, the first that does not end in 0 ending all.
    public func run(lines: any LineReading, named name: String = "standard input", showing sink: any ResultSink) async
        -> Result
    {
        var pending = ""
        var first = 1
        var number = 0
        var status = ExitStatus.done
        // As in `LineBreaks`.
        var dropsReturns = false
        let foreseen = ForeseenChanges()
        do {
            while let line = try await lines.next() {
                number += 1
                let endsInReturn = line.unicodeScalars.last == "\r"
                if number == 1 { dropsReturns = endsInReturn }
                let line = dropsReturns && endsInReturn ? String(line.unicodeScalars.dropLast()) : line
                if pending.isEmpty { first = number }
                pending += pending.isEmpty ? line : "\n" + line
                guard Syntax.isComplete(pending) else { continue }
                let result = await run(
                    SourceText(pending, name: name, firstLine: first), after: foreseen, showing: sink)
                pending = ""
                status = result.status
                if result.wantsExit || status != .done { return result }
            }
            return pending.isEmpty
                ? Result(status: status, wantsExit: false)
                : await run(SourceText(pending, name: name, firstLine: first), after: foreseen, showing: sink)
        } catch {
            let error = ZoshError.placed(error, at: Span(0, 0))
            await sink.report(error, in: SourceText("", name: name, firstLine: number + 1))
            return Result(status: ExitStatus(error.kind), wantsExit: false)
        }
    }
}
