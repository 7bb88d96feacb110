extension Syntax {
    /// The rows of the line before, as `$last`.
    static let lastRows = "last"

    /// Variables that every line sets; `$it` is set by a block.
    static let ownVariables: Set<String> = [lastRows, "status"]

    /// The variables a text reads, in order.
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
}
