internal import ZoshKit

extension CommandRegistry {
    /// Whether a text is lines of known commands, or of statements (`let`, `alias`) that begin with none.
    public func knows(_ text: String, aliases: [String: String]) -> Bool {
        let statements = Parser.parse(text).lines.flatMap(\.statements)
        return !statements.isEmpty
            && statements.allSatisfy { statement in
                switch statement.body {
                case .run(let pipeline):
                    pipeline.stages.allSatisfy { stage in
                        !words(of: stage).isEmpty && unknownWord(of: stage, aliases) == nil
                    }
                case .keep, .keepValue, .alias, .parameter: true
                }
            }
    }

    /// The first word that was finished and names no command, in scalars; nil when there is none so far.
    public func unknownWord(in text: String, aliases: [String: String]) -> Range<Int>? {
        let end = text.unicodeScalars.count
        for statement in Parser.parse(text).lines.flatMap(\.statements) {
            guard case .run(let pipeline) = statement.body else { continue }
            for stage in pipeline.stages {
                if let span = unknownWord(of: stage, aliases), span.upper < end { return span.lower..<span.upper }
            }
        }
        return nil
    }

    private func words(of stage: Stage) -> [Word] { stage.elements.prefix { $0.word?.plain != nil }.compactMap(\.word) }

    private func unknownWord(of stage: Stage, _ aliases: [String: String]) -> Span? {
        var node = root
        for (index, word) in words(of: stage).enumerated() {
            guard let text = word.plain else { return nil }
            if index == 0, aliases[text] != nil || text.hasPrefix("!") { return nil }
            if let child = node.children[text] {
                node = child
            } else if node.entry != nil {
                // The words of the command are over.
                return nil
            } else {
                let matching = node.children.filter { $0.key.hasPrefix(text) }
                guard let only = matching.first?.value, matching.count == 1 else {
                    return matching.isEmpty ? word.span : nil
                }
                node = only
            }
        }
        return nil
    }
}
