internal import ZoshKit

/// What makes a typed line a line of a script.
enum RecordedLine {
    /// The line with aliases replaced by what they stand for: a script knows none of the session's.
    static func expanded(_ text: String, _ aliases: [String: String]) -> String {
        guard !aliases.isEmpty else { return text }
        var text = text
        // An alias may stand for another; cycles end here.
        for _ in 0..<8 {
            var replacements: [(span: Span, text: String)] = []
            for stage in stages(in: Parser.parse(text)) {
                if let word = stage.elements.first?.word, let name = word.plain, let meaning = aliases[name] {
                    replacements.append((word.span, meaning))
                }
            }
            guard !replacements.isEmpty else { break }
            text = TextEdit.apply(replacements, to: text)
        }
        return text
    }

    /// The same without abbreviations.
    static func writtenOut(_ text: String, _ aliases: [String: String], _ registry: CommandRegistry) -> String {
        Abbreviations.writtenOut(expanded(text, aliases), registry, aliases: [:])
    }

    private static func stages(in program: ParsedText) -> [Stage] { program.lines.flatMap { stages($0.statements) } }

    /// The stages of statements, blocks included.
    private static func stages(_ statements: [Statement]) -> [Stage] {
        var found: [Stage] = []
        for statement in statements {
            switch statement.body {
            case .run(let pipeline), .keep(_, let pipeline):
                for stage in pipeline.stages {
                    found.append(stage)
                    for case .block(let block) in stage.elements { found += stages(block.statements) }
                }
            case .keepValue, .alias, .parameter: break
            }
        }
        return found
    }

    /// The variables the line reads, in order.
    static func variables(in text: String) -> [String] {
        var names: [String] = []
        for case .word(let word) in Lexer.lex(text).tokens.map(\.kind) {
            for fragment in word.fragments {
                if case .variable(let reference) = fragment.kind, !names.contains(reference.name) {
                    names.append(reference.name)
                }
            }
        }
        return names
    }

    /// Whether a directory is needed to write the line for any day.
    static func needsDirectory(_ plan: Plan, _ text: String) -> Bool {
        plan.mentions(in: text).contains { $0.isID || $0.kind == .person && !$0.text.contains("@") }
            || !plan.looseIDs(in: text, besides: []).isEmpty
    }

    /// The line with the answer the person gave: a write that was confirmed does not ask again, and never changes more
    /// than it did then.
    /// - Parameters:
    ///   - shown: the rows the line ended with.
    ///   - allowed: what the flags of the session allow, which the script says itself then.
    static func answered(_ text: String, _ plan: Plan, _ shown: Variable?, _ allowed: RunAllowance) -> String {
        var insertions: [(span: Span, text: String)] = []
        let pipelines = plan.pipelines
        for pipeline in pipelines {
            for stage in pipeline.stages where stage.signature?.isWrite == true {
                let given = Set(stage.given.map(\.parameter.name))
                guard given.isDisjoint(with: ["yes", "dry-run", "template"]) else { continue }
                var options = " --yes"
                let isLast = pipelines.count == 1 && stage.span == pipeline.stages.last?.span
                if isLast, !given.contains("at-most"), case .rows(let rows, _, isWhole: true)? = shown, !rows.isEmpty {
                    // A limit for the session also covers what the lines before have changed within the hour.
                    options += " --at-most \(max(rows.count, allowed.atMost ?? 0))"
                }
                if allowed.administrators, stage.signature?.effect == .writes, !given.contains("administrators") {
                    options += " --administrators"
                }
                insertions.append((Span(stage.span.upper, stage.span.upper), options))
            }
        }
        return TextEdit.apply(insertions, to: text)
    }
}
