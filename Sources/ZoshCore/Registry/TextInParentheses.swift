internal import ZoshKit

extension Syntax {
    /// Whether Return runs the text. A parenthesis that is open in a command without a condition is text that lacks its
    /// quotes: the shell does not wait for another line, but runs the text so that the mistake is reported.
    public static func isComplete(_ text: String, _ registry: CommandRegistry, aliases: [String: String]) -> Bool {
        if isComplete(text) { return true }
        let lexed = Lexer.lex(text)
        guard let open = lexed.parentheses.last, lexed.openQuote == nil,
            lexed.problem?.span == Span(open, open + 1), lexed.depth == 0
        else { return false }
        var words: [Word] = []
        for token in lexed.tokens where token.span.lower < open {
            if case .word(let word) = token.kind { words.append(word) } else { words = [] }
        }
        let plain = words.prefix { $0.plain != nil && $0.span.upper <= open }
        let names = plain.compactMap(\.plain)
        guard let first = names.first, aliases[first] == nil,
            case .command(let entry, _, _) = registry.resolve(names, spans: plain.map(\.span), prefixes: true)
        else { return false }
        return !entry.signature.positional.contains { $0.type == .expression || $0.type == .pipeline }
    }
}
