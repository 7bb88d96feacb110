/// The texts a Swift file holds, each with the line it begins on; texts joined by `+` are one, and what is put into a
/// text while it runs is `…`. Those between three quotes are apart, since most are pages of more than a sentence.
struct SwiftTexts {
    struct Literal {
        let line: Int
        var text: String
    }

    private(set) var literals: [Literal] = []
    /// Those inside what is put into a text.
    private(set) var inner: [Literal] = []
    /// Those between three quotes.
    private(set) var blocks: [Literal] = []
    private let source: [Character]
    private var index = 0
    private var line = 1

    init(_ text: String) {
        source = Array(text)
        var joins = false
        while index < source.count {
            if starts(with: "//") {
                while index < source.count, source[index] != "\n" { advance() }
            } else if starts(with: "\"\"\"") {
                readBlock()
                joins = false
            } else if source[index] == "\"" {
                let start = line
                let text = literal()
                if joins, var last = literals.popLast() {
                    last.text += text
                    literals.append(last)
                } else {
                    literals.append(Literal(line: start, text: text))
                }
                joins = false
            } else {
                if source[index] == "+" { joins = true } else if !source[index].isWhitespace { joins = false }
                advance()
            }
        }
    }

    private func starts(with mark: String) -> Bool {
        source[index...].prefix(mark.count).elementsEqual(mark)
    }

    private mutating func advance() {
        if source[index].isNewline { line += 1 }
        index += 1
    }

    private mutating func readBlock() {
        let start = line
        for _ in 0..<3 { advance() }
        var text = ""
        while index < source.count, !starts(with: "\"\"\"") {
            if starts(with: "\\(") {
                text += "…"
                advance()
                skipParentheses()
            } else {
                text.append(source[index])
                advance()
            }
        }
        blocks.append(Literal(line: start, text: text))
        for _ in 0..<3 where index < source.count { advance() }
    }

    /// The text of the literal that begins here, which is passed.
    private mutating func literal() -> String {
        advance()
        var text = ""
        while index < source.count, source[index] != "\"", !source[index].isNewline {
            if starts(with: "\\(") {
                text += "…"
                advance()
                skipParentheses()
            } else if source[index] == "\\", index + 1 < source.count {
                advance()
                text.append(source[index] == "n" ? "\n" : source[index])
                advance()
            } else {
                text.append(source[index])
                advance()
            }
        }
        if index < source.count { advance() }
        return text
    }

    private mutating func skipParentheses() {
        var depth = 0
        while index < source.count {
            switch source[index] {
            case "(": depth += 1
            case ")": depth -= 1
            case "\"":
                let start = line
                inner.append(Literal(line: start, text: literal()))
                continue
            default: break
            }
            advance()
            if depth == 0 { return }
        }
    }
}
