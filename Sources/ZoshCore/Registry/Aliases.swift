internal import ZoshKit

/// Names a session gives to the beginnings of lines.
enum Aliases {
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
}
