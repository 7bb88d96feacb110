extension Editor {
    /// What the editor must know from the owner of the language. Every answer comes from memory, at once:
    /// the editor's thread waits for it while keys are typed.
    public protocol Delegate: HintSource, CompletionSource, PasteSource {
        /// What stands before the line; asked at every repaint.
        func prompt() -> Prompt

        /// The same in a mode of vi, which nothing else on the screen shows.
        func prompt(in state: ViState?) -> Prompt

        /// What is said of a typed line whose bytes are not text, in lines.
        func refusal(of bytes: [UInt8]) -> [String]

        /// A line as the history keeps it, e.g. with abbreviations written out.
        func remembered(_ line: String) -> String

        /// What a line typed now belongs to (e.g. the connection's name); kept beside it in the history.
        func historyContext() -> String?

        /// How to behave from the next line on.
        func settings() -> EditorSettings
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
    public func prompt(in state: ViState?) -> Prompt { prompt() }
    public func remembered(_ line: String) -> String { line }
    public func refusal(of bytes: [UInt8]) -> [String] { ["this line is not UTF-8 text"] }
    public func historyContext() -> String? { nil }
    public func settings() -> EditorSettings { EditorSettings() }
}
