/// An OAuth scope as Zoho writes it: `ZohoCRM.users.READ`.
///
/// Zoho compares scopes without regard to case (its own documents write `users.all` and `Users.READ`), and `ALL`
/// grants every operation; `ZohoCRM.settings.ALL` covers `ZohoCRM.settings.roles.READ`.
public struct Scope: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let name: String

    public init(_ name: String) { self.name = name }
    public init(stringLiteral value: String) { name = value }

    public var description: String { name }

    public static func == (a: Scope, b: Scope) -> Bool { a.name.lowercased() == b.name.lowercased() }
    public func hash(into hasher: inout Hasher) { hasher.combine(name.lowercased()) }

    /// Whether holding this scope is enough where `needed` is asked for.
    public func covers(_ needed: Scope) -> Bool {
        if self == needed { return true }
        let mine = name.lowercased().split(separator: ".")
        let theirs = needed.name.lowercased().split(separator: ".")
        guard mine.last == "all" else {
            // ZohoCRM.settings.READ covers ZohoCRM.settings.roles.READ.
            return mine.count < theirs.count && mine.last == theirs.last && theirs.starts(with: mine.dropLast())
        }
        return theirs.starts(with: mine.dropLast())
    }
}

extension Sequence<Scope> {
    /// The scopes of `needed` that nothing here covers.
    public func missing(from needed: [Scope]) -> [Scope] {
        let held = Array(self)
        return needed.filter { scope in !held.contains { $0.covers(scope) } }
    }
}
