/// The way to a value inside a row: `role.name`, and through a list to the values of its elements: `territories.name`.
///
/// Built once per column, used for every row, so that the text is split once.
public struct FieldPath: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let names: [String]
    public let description: String

    public init(_ text: String) {
        description = text
        names =
            Self.isTooDeep(text)
            ? [text] : text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    /// - Parameter names: at least one.
    public init(names: [String]) {
        self.names = names
        description = names.joined(separator: ".")
    }

    /// The path without its last name, where it has several.
    public var dropLast: FieldPath { names.count > 1 ? FieldPath(names: names.dropLast()) : self }

    public init(stringLiteral value: String) { self.init(value) }
}

extension FieldPath {
    /// What a field of a joined row is called on its own side, where its name may be one that `join` made: `status` of
    /// `status_2`. Nil for other names.
    public var beforeJoin: FieldPath? {
        guard let match = names[0].wholeMatch(of: /(.+)_[2-9]/) else { return nil }
        return FieldPath(names: [String(match.1)] + names.dropFirst())
    }
}
