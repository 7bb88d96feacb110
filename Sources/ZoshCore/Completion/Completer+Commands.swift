internal import ZoshKit

extension Completer {
    /// The words that may follow in a command's name; behind a pipe only of commands that take rows.
    func commands(after path: [String], _ context: CursorContext) -> [CompletionCandidate] {
        let isPiped = context.stage > 0
        let isFannedOut = registry.fanOut(context.words) != nil
        let words = registry.words(after: path).filter { word in
            entries(below: path + [word]).contains { entry in
                let signature = entry.signature
                if isFannedOut, signature.effect != .reads, signature.effect != .writes { return false }
                return isPiped ? signature.input != .none : signature.input != .required
            }
        }
        // An alias stands for a pipeline, so it begins one.
        let aliases = path.isEmpty && !isPiped && !isFannedOut ? around.aliases.keys.sorted() : []
        return WordRanking.best(words + aliases, for: context.text, by: \.self).map { word in
            plain(
                word, path.isEmpty ? around.aliases[word] ?? summary([word]) : summary(path + [word]), .command, context
            )
        }
    }

    /// What a command does, or which commands a noun has.
    private func summary(_ path: [String]) -> String {
        if let entry = registry.entry(at: path) { return entry.signature.summary }
        return registry.words(after: path).joined(separator: ", ")
    }

    private func entries(below path: [String]) -> [CommandRegistry.Entry] {
        guard let node = registry.node(at: path) else { return [] }
        return (node.entry.map { [$0] } ?? []) + node.children.keys.flatMap { entries(below: path + [$0]) }
    }

    /// Options and flags that are still free. After `--` their names; in a separate word as they are best typed:
    /// `limit=`, `--yes`, and `--limit=` where a bare name is a Zoho field.
    func options(_ parameters: [Parameter], _ signature: Signature, _ context: CursorContext) -> [CompletionCandidate] {
        let isDashed: Bool
        switch context.kind {
        case .optionName: isDashed = true
        case .word where context.quoting == .bare && context.elements.isEmpty: isDashed = false
        default: return []
        }
        let offered = parameters + (FormatRequest.isMeant(by: context.text, signature) ? [FormatRequest.parameter] : [])
        return WordRanking.best(offered, for: context.text, by: \.name).map { parameter in
            let isFlag = parameter.kind == .flag
            let dashes = isDashed || !(isFlag || signature.takesFields) ? "" : "--"
            let insertion = dashes + parameter.name + (isFlag ? " " : "=")
            let noun = isFlag ? "" : " (\(parameter.type.noun))"
            return CompletionCandidate(
                insertion: insertion, display: (isDashed ? "--" : dashes) + parameter.name + (isFlag ? "" : "="),
                description: parameter.help + noun, kind: .option)
        }
    }
}
