/// Reads a pattern that Swift's own `Regex` has found to be well formed, and refuses what cannot be matched in a time
/// that grows with the text alone: references to groups, looking ahead and behind, groups and repetitions that give
/// nothing back.
struct PatternParser {
    /// What may not stand in a pattern here, as the subject of a sentence.
    struct Unsupported: Error {
        let what: String
    }

    private struct Flags {
        var foldsCase: Bool
        var dotMatchesLineBreaks = false
        var multiline = false
        var ignoresSpace = false
    }

    private let characters: [Character]
    private var position = 0
    private var flags: Flags

    static func parse(_ text: String, foldsCase: Bool) throws -> PatternNode {
        var parser = PatternParser(characters: Array(text), flags: Flags(foldsCase: foldsCase))
        let node = try parser.choice()
        guard parser.next == nil else { throw Unsupported(what: "')' without '('") }
        return node
    }

    private init(characters: [Character], flags: Flags) {
        self.characters = characters
        self.flags = flags
    }

    private var next: Character? { position < characters.count ? characters[position] : nil }

    private func begins(_ text: String) -> Bool { characters[position...].starts(with: text) }

    private mutating func take(_ text: String) -> Bool {
        guard begins(text) else { return false }
        position += text.count
        return true
    }

    /// Everything up to a text, which is taken too.
    private mutating func take(upTo text: String) -> String {
        let start = position
        while next != nil, !begins(text) { position += 1 }
        defer { _ = take(text) }
        return String(characters[start..<position])
    }

    // MARK: Structure

    private mutating func choice() throws -> PatternNode {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws -> PatternNode {
        var nodes: [PatternNode] = []
        while let next, next != "|", next != ")" {
            if flags.ignoresSpace, skipSpace() { continue }
            guard let atoms = try atom() else { continue }
            nodes += atoms.dropLast()
            if let last = atoms.last { nodes.append(try repetition(of: last)) }
        }
        return .sequence(nodes)
    }

    private mutating func skipSpace() -> Bool {
        guard let next else { return false }
        if next == "#" { _ = take(upTo: "\n") } else if next.isWhitespace { position += 1 } else { return false }
        return true
    }

    /// What comes next, the last of which a repetition is about; nil for a comment or a change of flags.
    private mutating func atom() throws -> [PatternNode]? {
        guard let next else { return nil }
        switch next {
        case "(": return try group().map { [$0] }
        case "[": return [.character(.member(try PatternClass(flagged(bracketed()))))]
        case ".":
            position += 1
            return [.character(.any(lineBreaks: flags.dotMatchesLineBreaks))]
        case "^":
            position += 1
            return [.place(flags.multiline ? .startOfLine : .startOfText)]
        case "$":
            position += 1
            return [.place(flags.multiline ? .endOfLine : .endOfText)]
        case "\\": return try escape()
        default:
            position += 1
            return [literal(next)]
        }
    }

    private func literal(_ character: Character) -> PatternNode {
        .character(.exactly(character, foldsCase: flags.foldsCase))
    }

    /// A class under the flags that hold here.
    private func flagged(_ text: String) -> String { flags.foldsCase ? "(?i)" + text : text }

    // MARK: Groups

    private mutating func group() throws -> PatternNode? {
        position += 1
        let before = flags
        if take("?") {
            if take("#") {
                _ = take(upTo: ")")
                return nil
            }
            for (sign, what) in [
                ("=", "looking ahead, '(?=…)',"), ("!", "looking ahead, '(?!…)',"), ("<=", "looking behind, '(?<=…)',"),
                ("<!", "looking behind, '(?<!…)',"), (">", "an atomic group, '(?>…)',"),
                ("|", "'(?|…)'"),
                ("(", "a group that depends on another, '(?(…)',"),
            ] where begins(sign) { throw Unsupported(what: what) }
            if take("<") || take("P<") {
                _ = take(upTo: ">")
            } else if take("'") {
                _ = take(upTo: "'")
            } else if !take(":") {
                try changeFlags()
                // `(?i)` holds to the end of the group it stands in.
                if take(")") { return nil }
                guard take(":") else { throw Unsupported(what: "this kind of group") }
            }
        } else if begins("*") {
            throw Unsupported(what: "'(*…)'")
        }
        defer { flags = before }
        let node = try choice()
        guard take(")") else { throw Unsupported(what: "a group without its ')'") }
        return node
    }

    private mutating func changeFlags() throws {
        var value = true
        while let next, next != ")", next != ":" {
            position += 1
            switch next {
            case "-": value = false
            case "i": flags.foldsCase = value
            case "s": flags.dotMatchesLineBreaks = value
            case "m": flags.multiline = value
            case "x": flags.ignoresSpace = value
            case "n", "J", "U": break
            default: throw Unsupported(what: "the flag '\(next)'")
            }
        }
    }

    // MARK: Repetitions

    private mutating func repetition(of node: PatternNode) throws -> PatternNode {
        var node = node
        while let (least, most) = bounds() {
            guard !take("+") else { throw Unsupported(what: "a possessive repetition, such as 'a++',") }
            // Whether the shortest or the longest match comes first makes no difference to whether there is one.
            _ = take("?")
            node = .repeated(node, least: least, most: most)
        }
        return node
    }

    private mutating func bounds() -> (Int, Int?)? {
        if flags.ignoresSpace { while skipSpace() {} }
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = position
        guard take("{") else { return nil }
        let text = take(upTo: "}").filter { !$0.isWhitespace }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard characters[position - 1] == "}", (1...2).contains(parts.count), text != ",",
            text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ",") }),
            !text.isEmpty
        else {
            // A brace that is text.
            position = start
            return nil
        }
        // A number too large to read is larger than any that is allowed.
        let numbers = parts.map { $0.isEmpty ? nil : Int($0) ?? Int.max }
        let least = numbers[0] ?? 0
        return (least, numbers.count == 1 ? least : numbers[1].map { max($0, least) })
    }

    // MARK: Escapes and classes

    private mutating func escape() throws -> [PatternNode] {
        let start = position
        position += 1
        guard let letter = next else { throw Unsupported(what: "a backslash at the end") }
        position += 1
        switch letter {
        case "A": return [.place(.startOfText)]
        case "z": return [.place(.endOfText)]
        case "Z": return [.place(.lastLineEnd)]
        case "b": return [.place(.wordBoundary)]
        case "B": return [.place(.noWordBoundary)]
        case "Q": return take(upTo: "\\E").map(literal)
        case "E": return []
        case "1"..."9", "k", "g": throw Unsupported(what: "a reference to a group, such as '\\1',")
        case "K", "G", "y", "Y", "C": throw Unsupported(what: "'\\\(letter)'")
        case "p", "P", "N", "x", "u", "o":
            if next == "{" {
                _ = take(upTo: "}")
            } else if letter == "x" || letter == "u" {
                takeHexDigits(letter == "x" ? 2 : 4)
            }
            if letter == "p" || letter == "P", characters[position - 1] != "}", next != nil { position += 1 }
        case "U": takeHexDigits(8)
        case "0": while let digit = next, ("0"..."7").contains(digit), position - start < 5 { position += 1 }
        case "c": if next != nil { position += 1 }
        default:
            // Anything but a letter or a digit stands for itself.
            if !letter.isASCII || !(letter.isLetter || letter.isNumber) { return [literal(letter)] }
        }
        return [.character(.member(try PatternClass(flagged(String(characters[start..<position])))))]
    }

    private mutating func takeHexDigits(_ most: Int) {
        var count = 0
        while count < most, next?.isHexDigit == true {
            position += 1
            count += 1
        }
    }

    /// A class from `[` to the `]` that closes it.
    private mutating func bracketed() throws -> String {
        let start = position
        var depth = 0
        while let next {
            position += 1
            switch next {
            case "\\":
                if take("Q") { _ = take(upTo: "\\E") } else if self.next != nil { position += 1 }
            case "[":
                if begins(":"), case let name = take(upTo: ":]"), !name.isEmpty { continue }
                depth += 1
                _ = take("^")
                // Right behind the bracket it is text.
                _ = take("]")
            case "]":
                depth -= 1
                if depth == 0 { return String(characters[start..<position]) }
            default: break
            }
        }
        throw Unsupported(what: "a class without its ']'")
    }
}
