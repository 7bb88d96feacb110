/// What can be done with a record at Zoho: the common four, and what single nouns know besides (`clone`, `transfer`).
public struct Verb: Sendable, Hashable, ExpressibleByStringLiteral {
    public let name: String

    public init(stringLiteral value: String) { name = value }
    public init(_ name: String) { self.name = name }

    public static let read: Verb = "read"
    public static let create: Verb = "create"
    public static let update: Verb = "update"
    public static let delete: Verb = "delete"
}
