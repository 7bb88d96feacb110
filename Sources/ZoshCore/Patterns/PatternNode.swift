/// A pattern as it was written, without what only matters for where a match ends: a condition asks whether there is
/// one.
indirect enum PatternNode {
    case sequence([PatternNode])
    case choice([PatternNode])
    /// - Parameter most: nil without a bound.
    case repeated(PatternNode, least: Int, most: Int?)
    case character(PatternCharacter)
    case place(PatternPlace)
}

/// What one character must be.
enum PatternCharacter {
    /// - Parameter foldsCase: whether its other case will do.
    case exactly(Character, foldsCase: Bool)
    /// `.`; without `(?s)` no line break.
    case any(lineBreaks: Bool)
    case member(PatternClass)
}

/// What must be true of a place between characters.
enum PatternPlace {
    case startOfText, endOfText
    /// The end, or a line break before it.
    case lastLineEnd
    case startOfLine, endOfLine
    case wordBoundary, noWordBoundary
}

/// `[a-z]`, `\d`, `\p{Greek}`: asked of Swift's own expressions, one character at a time, and remembered.
///
/// A class, for the memory; used by one stage of one line, as the whole pattern is.
final class PatternClass {
    private let regex: Regex<AnyRegexOutput>
    private var known: [Character: Bool] = [:]

    /// - Parameter text: the class as written, with the flags it is under.
    init(_ text: String) throws { regex = try Regex(text) }

    func contains(_ character: Character) -> Bool {
        if let answer = known[character] { return answer }
        let answer = (try? regex.wholeMatch(in: String(character))) != nil
        // Hostile text may hold any number of different characters.
        if known.count < 4096 { known[character] = answer }
        return answer
    }
}
