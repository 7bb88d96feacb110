/// The way to a value inside a row: `role.name`.
///
/// Built once per column, used for every row, so that the text is split once.
public struct FieldPath: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let names: [String]

    public init(_ text: String) {
        names = Self.isTooDeep(text) ? [text] : text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    public init(stringLiteral value: String) { self.init(value) }

    public var description: String { names.joined(separator: ".") }
}
