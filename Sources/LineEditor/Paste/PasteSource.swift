/// What a paste must know of the language.
public protocol PasteSource: AnyObject, Sendable {
    /// False when the text is unfinished, so that Return adds a line instead of running.
    func isComplete(_ text: String) -> Bool

    /// The line that words pasted onto an empty one become, a word a row, when they are a list and no commands.
    func line(listing words: [String]) -> String?

    /// The line that a table pasted onto an empty one becomes, and what is said of it; nil when the rows are no
    /// table.
    func line(ofTable rows: [String]) -> (line: String, note: String)?

    /// Whether the rest of a confirmed paste still runs, e.g. false after a command failed.
    func continuesPaste() -> Bool
}

extension PasteSource {
    public func line(listing words: [String]) -> String? { nil }
    public func line(ofTable rows: [String]) -> (line: String, note: String)? { nil }
    public func continuesPaste() -> Bool { true }
}
