internal import ZoshKit

/// `users list --help`, `users -h`, `users ?`: a pipeline that asks how something is used stands for `help users list`.
///
/// The whole pipeline is replaced, so that nothing of it runs.
enum HelpRequest {
    private static let words: Set<String> = ["--help", "-h", "?"]

    /// The `help` stage meant by one of the stages; nil when none asks.
    static func stage(askedBy stages: [Stage], _ registry: CommandRegistry) -> Stage? {
        stages.lazy.compactMap { help(askedBy: $0, registry) }.first
    }

    private static func help(askedBy stage: Stage, _ registry: CommandRegistry) -> Stage? {
        guard !stage.isProgram else { return nil }
        let plain = stage.elements.map { $0.word?.plain }
        guard let sign = plain.firstIndex(where: { $0.map(words.contains) ?? false }) else { return nil }
        let typed = Array(plain.prefix { $0 != nil && $0.map(words.contains) != true }.compactMap(\.self))
        let (path, count, takesExpression) = named(typed, registry)
        guard isQuestion(plain, count, takesExpression: takesExpression) else { return nil }
        var meant = [(text: "help", span: stage.elements[0].span)]
        for (index, text) in path.enumerated() { meant.append((text, stage.elements[min(index, sign)].span)) }
        let elements = meant.map { word in
            Element.word(Word(fragments: [.init(kind: .bare, text: word.text, span: word.span)], span: word.span))
        }
        return Stage(elements: elements, span: stage.span)
    }

    /// The command or the group the words name, its names written out, and how many words that takes.
    private static func named(
        _ words: [String], _ registry: CommandRegistry
    ) -> (path: [String], count: Int, takesExpression: Bool) {
        let spans = words.map { _ in Span(0, 0) }
        if case .command(let entry, let count, _) = registry.resolve(words, spans: spans, prefixes: true) {
            let isExpression = entry.signature.positional.contains { $0.type == .expression }
            return (entry.signature.path, count, isExpression)
        }
        return (registry.fullPath(words) ?? words, words.count, false)
    }

    /// Right behind the command any of the three asks, later only what can be nothing else.
    private static func isQuestion(_ plain: [String?], _ count: Int, takesExpression: Bool) -> Bool {
        if plain.count > count, let next = plain[count], words.contains(next) { return true }
        if plain.last == "--help" || !takesExpression && plain.last == "-h" { return true }
        let options = plain.prefix { $0 != "--" }
        return !takesExpression && options.contains("--help")
    }
}
