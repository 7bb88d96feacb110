/// What stands before the line: pieces of text with styles, never escape codes.
///
/// libedit spoils a prompt whose invisible parts touch each other or stand last, so no code outside this
/// room writes them; `PromptEncoder` is the one place that does. A prompt is one row: line breaks and
/// control characters are dropped when it is drawn.
public struct Prompt: Equatable, Sendable {
    public struct Span: Equatable, Sendable {
        public var text: String
        public var style: TextStyle

        public init(_ text: String, _ style: TextStyle = .plain) {
            self.text = text
            self.style = style
        }
    }

    public var spans: [Span]

    public init(_ spans: [Span]) {
        self.spans = spans
    }

    public init(_ text: String, _ style: TextStyle = .plain) {
        self.init([Span(text, style)])
    }

    /// The text alone, for terminals that can draw nothing else.
    public var plainText: String { spans.map(\.text).joined() }
}
