/// Where hints and mistakes come from, from memory and at once.
public protocol HintSource: AnyObject, Sendable {
    /// What the text still waits for, in a few words; shown where its next line begins. nil when nothing can be
    /// said.
    func openPart(of text: String) -> String?

    /// A word of the text that is surely wrong, in scalars; drawn in red.
    func mistake(in text: String) -> Range<Int>?

    /// What could follow `text`, when the history has nothing to offer. The cursor is at its end.
    func suggestion(for text: String) -> Hint?

    /// Whether an earlier line may be suggested while another is typed.
    func mayBeSuggested(_ line: String) -> Bool
}

extension HintSource {
    public func openPart(of text: String) -> String? { nil }
    public func mistake(in text: String) -> Range<Int>? { nil }
    public func mayBeSuggested(_ line: String) -> Bool { true }
}
