/// A path leads through as many rows as it has names, and each is a level of nesting where it is read and written.
extension FieldPath {
    /// Names of a path. A text with more is one name, dots and all: whatever it is made of, a path stays shallow.
    public static let deepest = 64

    /// Whether a text names more fields than a path may have.
    public static func isTooDeep(_ text: String) -> Bool { text.utf8.count { $0 == UInt8(ascii: ".") } >= deepest }

    public static func tooDeep(at span: Span) -> ZoshError {
        ZoshError(.usage, "a field has at most \(deepest) names between dots", at: span)
    }
}
