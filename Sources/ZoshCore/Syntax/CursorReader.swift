internal import ZoshKit

/// Reads the text left of the cursor into a `CursorContext`.
struct CursorReader {
    private var stages: [[CursorContext.EarlierWord]] = []
    private var words: [CursorContext.EarlierWord] = []
    private let scalars: [Unicode.Scalar]
    private let lexed: Lexed
    private var current: Word?

    static func read(_ text: String) -> CursorContext {
        var reader = CursorReader(text)
        return reader.context()
    }

    private init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        lexed = Lexer.lex(text)
    }

    private mutating func context() -> CursorContext {
        var tokens = lexed.tokens[...]
        if let last = tokens.last, last.span.upper == scalars.count, case .word(let word) = last.kind {
            current = word
            tokens = tokens.dropLast()
        }
        walk(tokens)
        dropBinding()
        let quoting = lexed.openQuote ?? .bare
        guard let current else {
            return found(lexed.endsInComment ? .nothing : .word, text: "", from: scalars.count, quoting: quoting)
        }
        return context(in: current, quoting: quoting)
    }

    /// Leaves `stages` and `words` as they are at the cursor.
    private mutating func walk(_ tokens: ArraySlice<Token>) {
        var outer: [([[CursorContext.EarlierWord]], [CursorContext.EarlierWord])] = []
        for token in tokens {
            switch token.kind {
            case .word(let word): words.append(earlier(word))
            case .pipe:
                dropBinding()
                stages.append(words)
                words = []
            case .open:
                outer.append((stages, words))
                (stages, words) = ([], [])
            case .close: (stages, words) = outer.popLast() ?? ([], [])
            case .newline where stages.last != nil && words.isEmpty: break
            case .semicolon, .ifDone, .ifFailed, .newline: (stages, words) = ([], [])
            }
        }
    }

    private func earlier(_ word: Word) -> CursorContext.EarlierWord {
        CursorContext.EarlierWord(text: word.literal ?? source(word.span), isPlain: word.plain != nil, word: word)
    }

    private func source(_ span: Span) -> String {
        String(String.UnicodeScalarView(scalars[span.lower..<min(span.upper, scalars.count)]))
    }

    /// After `let NAME =` and `alias NAME =` a pipeline begins.
    private mutating func dropBinding() {
        guard words.count >= 3, words[0].isPlain, Keyword(rawValue: words[0].text)?.bindsPipeline == true,
            words[2].text == "="
        else { return }
        words.removeFirst(3)
    }

    private func context(in word: Word, quoting: CursorContext.Quoting) -> CursorContext {
        if quoting != .single, let variable = variable(at: word, quoting) { return variable }
        if let (name, _, value) = word.assignment {
            return inside(value, kind: .optionValue(name: name, dashed: false), quoting)
        }
        if let option = word.dropping(bare: "--") {
            if let (name, _, value) = option.assignment {
                return inside(value, kind: .optionValue(name: name, dashed: true), quoting)
            }
            return found(.optionName, text: option.literal ?? "", from: option.span.lower, quoting: quoting)
        }
        return inside(word, kind: .word, quoting)
    }

    private func inside(_ word: Word, kind: CursorContext.Kind, _ quoting: CursorContext.Quoting) -> CursorContext {
        if let path = word.dropping(bare: "@") {
            return found(.file, text: path.literal ?? "", from: path.span.lower, quoting: quoting)
        }
        let elements = word.elements
        let last = elements[elements.count - 1]
        return found(
            kind, text: last.literal ?? source(last.span),
            elements: elements.dropLast().map { $0.literal ?? source($0.span) },
            from: last.span.lower, quoting: quoting)
    }

    /// `$`, `$na`, `$it.`, `$it.ro` right before the cursor.
    private func variable(at word: Word, _ quoting: CursorContext.Quoting) -> CursorContext? {
        // Between double quotes an empty piece follows the variable.
        let fragments = word.fragments.filter { !($0.kind == .double && $0.text.isEmpty && $0.span.isEmpty) }
        guard let last = fragments.last else { return nil }
        switch last.kind {
        case .variable(let reference):
            guard !reference.path.isEmpty else {
                return found(.variable, text: reference.name, from: last.span.lower + 1, quoting: quoting)
            }
            // Behind a quoted name (`$it."Work E-mail"`) nothing is left to complete.
            guard let start = reference.pathStart else {
                return found(.nothing, text: "", from: scalars.count, quoting: quoting)
            }
            let path = reference.path.joined(separator: ".")
            return found(.variableField(of: reference.name), text: path, from: start, quoting: quoting)
        case .bare, .double:
            if last.kind == .double, quoting != .double { return nil }
            if last.text.hasSuffix("$") { return found(.variable, text: "", from: scalars.count, quoting: quoting) }
            if last.text == ".", fragments.count > 1,
                case .variable(let reference) = fragments[fragments.count - 2].kind
            {
                let path = reference.path.map { $0 + "." }.joined()
                let from = scalars.count - path.unicodeScalars.count
                return found(.variableField(of: reference.name), text: path, from: from, quoting: quoting)
            }
            return nil
        case .escaped, .single: return nil
        }
    }

    private func found(
        _ kind: CursorContext.Kind, text: String, elements: [String] = [], from start: Int,
        quoting: CursorContext.Quoting
    ) -> CursorContext {
        CursorContext(
            stagesBefore: stages, words: words, kind: kind, text: text, elements: elements, quoting: quoting,
            range: Span(start, scalars.count), depth: lexed.depth, word: current)
    }
}
