internal import ZoshKit

/// What is wrong with a text beyond its words, reported before its first line runs.
extension Interpreter {
    /// The mistakes of a planned text, and of the files it runs. A line alone tells its own when it runs.
    /// - Parameter sink: what shows how far the looking is.
    func mistakesAhead(
        in lines: [PlannedLine], of source: SourceText, _ variables: VariableScope, _ sink: any ResultSink
    ) async -> [TextMistakes] {
        let need = AheadNeed(lines)
        guard need.isLater, let shell = await contextAhead(needsConnection: need.needsConnection, sink),
            let findings = try? await NamesAhead.check(lines, variables, self, in: shell)
        else { return [] }
        return findings.mistakes(in: source)
    }

    /// The world as the first line will see it; without a connection where none is chosen yet.
    private func contextAhead(needsConnection: Bool, _ sink: any ResultSink) async -> ShellContext? {
        let meter = ProgressMeter()
        var shell: ShellContext?
        if needsConnection { shell = try? await contexts.context(needsConnection: true, progress: meter) }
        if shell == nil { shell = try? await contexts.context(needsConnection: false, progress: meter) }
        if shell != nil { await sink.follow(meter) }
        return shell
    }

    /// Tells what is wrong in several texts; nil when nothing is.
    func report(
        _ mistakes: [TextMistakes], _ sink: any ResultSink, most: Int = Interpreter.mostErrors
    ) async -> ExitStatus? {
        var status: ExitStatus?
        for text in mistakes {
            let reportedStatus = await report(text.errors, in: text.source, sink, most: most)
            status = status ?? reportedStatus
        }
        return status
    }
}

extension NamesAhead.Findings {
    /// The mistakes of the text and of the files it runs, each with its own text.
    func mistakes(in source: SourceText) -> [TextMistakes] {
        (errors.isEmpty ? [] : [TextMistakes(source: source, errors: errors)]) + inFiles
    }
}

/// What a text must be checked for before it runs.
private struct AheadNeed {
    private var statements = 0
    private var hasLongWrite = false
    private var namesThings = false
    private var usesConnection = false

    /// Whether a mistake in one part of the text would be seen after another part has run.
    var isLater: Bool { statements > 1 || hasLongWrite }
    /// Whether names are to be looked up in a connection.
    var needsConnection: Bool { namesThings && usesConnection }

    init(_ lines: [PlannedLine]) { add(lines) }

    private mutating func add(_ lines: [PlannedLine]) { for line in lines { add(line.statements) } }

    private mutating func add(_ all: [PlannedStatement]) {
        for statement in all {
            statements += 1
            for pipeline in statement.ownPipelines {
                if pipeline.containsWrite, pipeline.stages.count > 1 { hasLongWrite = true }
                if pipeline.needsConnection || pipeline.stages.contains(where: \.isFanOut) { usesConnection = true }
                for stage in pipeline.stages {
                    if stage.namesThings { namesThings = true }
                    add(stage.block?.statements ?? [])
                    if let file = stage.file { add(file.plan.lines) }
                }
            }
        }
    }
}

extension PlannedStage {
    /// Whether it names fields, roles or profiles.
    fileprivate var namesThings: Bool {
        if StageNaming.isNeeded(self) || !fields.isEmpty { return true }
        if given.contains(where: { NamedOptions.isChecked($0.parameter, isAhead: true) }) { return true }
        return openWords.contains { word in
            word.fragments.contains { fragment in
                if case .variable(let reference) = fragment.kind { !reference.path.isEmpty } else { false }
            }
        }
    }
}
