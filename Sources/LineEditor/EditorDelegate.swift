extension Editor {
    /// What the editor must know from the owner of the language. Every answer comes from memory, at once:
    /// the editor's thread waits for it while somebody types.
    public protocol Delegate: AnyObject, Sendable {
        /// What stands before the line; asked at every repaint.
        func prompt() -> Prompt

        /// The same in a mode of vi, which nothing else on the screen tells.
        func prompt(in state: ViState?) -> Prompt

        /// What the text still waits for, in a few words; shown where its next line begins. nil when nothing can be
        /// said.
        func openPart(of text: String) -> String?

        /// A word of the text that is surely wrong, in scalars; drawn in red.
        func mistake(in text: String) -> Range<Int>?

        /// False when the text is unfinished, so that Return adds a line instead of running.
        func isComplete(_ text: String) -> Bool

        /// The line that words pasted onto an empty one become, a word a row, when they are a list and no commands.
        func line(listing words: [String]) -> String?

        /// The line that a table pasted onto an empty one becomes, and what is said of it; nil when the rows are no
        /// table.
        func line(ofTable rows: [String]) -> (line: String, note: String)?

        /// What is said of a typed line whose bytes are not text, in lines.
        func refusal(of bytes: [UInt8]) -> [String]

        /// What could follow `text`, when the history has nothing to offer. The cursor is at its end.
        func suggestion(for text: String) -> Hint?

        /// What Tab offers.
        /// - Parameter cursor: in Unicode scalars from the start of `text`.
        func completions(_ text: String, cursor: Int) -> Completions

        /// The same, when `filter` was typed into the menu: what a list too long to be whole left out may come in.
        func completions(_ text: String, cursor: Int, narrowedBy filter: String) -> Completions

        /// A line as the history keeps it, e.g. with abbreviations written out.
        func remembered(_ line: String) -> String

        /// Whether an earlier line may be suggested while another is typed.
        func mayBeSuggested(_ line: String) -> Bool

        /// What a line typed now belongs to (e.g. the connection's name); kept beside it in the history.
        func historyContext() -> String?

        /// How to behave from the next line on.
        func settings() -> EditorSettings

        /// Whether the rest of a confirmed paste still runs, e.g. false after a command failed.
        func continuesPaste() -> Bool
    }

    public enum Event: Equatable, Sendable {
        /// A command, without its final line break; it may have line breaks inside.
        case line(String)
        /// Ctrl-C: the line was abandoned.
        case interrupted
        /// Ctrl-D on an empty line, or the input is at its end.
        case endOfInput
        /// The process was asked to end, by one of the signals after which nothing more is read.
        case terminated(by: CaughtSignal)
    }
}

extension Editor.Delegate {
    public func completions(_ text: String, cursor: Int, narrowedBy filter: String) -> Completions {
        completions(text, cursor: cursor)
    }

    public func prompt(in state: ViState?) -> Prompt { prompt() }
    public func openPart(of text: String) -> String? { nil }
    public func mistake(in text: String) -> Range<Int>? { nil }
    public func remembered(_ line: String) -> String { line }
    public func mayBeSuggested(_ line: String) -> Bool { true }
    public func line(listing words: [String]) -> String? { nil }
    public func line(ofTable rows: [String]) -> (line: String, note: String)? { nil }
    public func refusal(of bytes: [UInt8]) -> [String] { ["this line is not UTF-8 text"] }
    public func historyContext() -> String? { nil }
    public func settings() -> EditorSettings { EditorSettings() }
    public func continuesPaste() -> Bool { true }
}
