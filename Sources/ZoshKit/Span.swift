/// A half-open range of Unicode scalar offsets in the text the user typed.
///
/// Scalars, because that is what the line editor counts in; bytes and grapheme clusters would both need a
/// conversion at every border. A span never outlives the text it points into.
///
/// For example `Span(6, 10)` is `list` in `users list`.
public struct Span: Sendable, Hashable, Codable {
    public var lower: Int
    public var upper: Int

    public init(_ lower: Int, _ upper: Int) {
        self.lower = lower
        self.upper = max(lower, upper)
    }

    public var isEmpty: Bool { lower == upper }

    /// The smallest span that covers both.
    public func union(_ other: Span) -> Span {
        Span(min(lower, other.lower), max(upper, other.upper))
    }
}
