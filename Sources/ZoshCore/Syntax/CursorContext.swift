public import ZoshKit

/// What stands at the cursor, as far as syntax alone can tell: the completer's question to the language.
///
/// Pure and total: every text and every cursor give an answer. Which command the words name is the registry's
/// business (`CommandRegistry.slot(at:)`).
public struct CursorContext: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// A word of a command's name, or an argument.
        case word
        /// After `--`; the text does not hold the dashes, the range does not cover them.
        case optionName
        /// After `name=` or `--name=`.
        case optionValue(name: String, dashed: Bool)
        /// After `$`; text and range exclude the `$`.
        case variable
        /// After `$name.`; the text is the last field begun.
        case variableField(of: String)
        /// After a leading `@`; text and range exclude the `@`.
        case file
        /// Nothing can be completed here: a comment, a single-quoted `$`.
        case nothing
    }

    public enum Quoting: Sendable, Hashable { case bare, single, double }

    /// A word of this stage left of the one at the cursor.
    public struct EarlierWord: Sendable, Hashable {
        /// The text; variables as they were typed.
        public let text: String
        /// Nothing quoted, escaped or variable in it.
        public let isPlain: Bool
        public let word: Word
    }

    /// The stages left of this one in the same pipeline, each as the words typed.
    public let stagesBefore: [[EarlierWord]]
    public let words: [EarlierWord]
    public let kind: Kind
    /// What is typed of the thing to complete, without quotes: of a list, the element at the cursor.
    public let text: String
    /// The list elements left of the cursor's own, so that they are not offered again.
    public let elements: [String]
    public let quoting: Quoting
    /// What a candidate replaces: from where the thing begins (its opening quote included) to the cursor.
    public let range: Span
    /// How many `{` are open here.
    public let depth: Int
    /// The whole word at the cursor; nil between words.
    let word: Word?

    public var stage: Int { stagesBefore.count }
}

extension CursorContext {
    /// The same, seen by a command that begins behind the first words of the stage.
    func dropping(words count: Int) -> CursorContext {
        CursorContext(
            stagesBefore: stagesBefore, words: Array(words.dropFirst(count)), kind: kind, text: text,
            elements: elements,
            quoting: quoting, range: range, depth: depth, word: word)
    }

    /// The same, with another thing to complete.
    func completing(_ text: String, besides elements: [String] = [], in range: Span) -> CursorContext {
        CursorContext(
            stagesBefore: stagesBefore, words: words, kind: .word, text: text, elements: elements, quoting: quoting,
            range: range, depth: depth, word: word)
    }
}
