internal import ZoshKit

/// A stage of which it is known, before it runs, which fields the rows behind it have.
protocol FieldPassing: CoreCommand {
    /// - Parameter words: the fields it was given, in API names; nil when a variable decides some of them.
    func fields(after known: KnownFields, _ words: [BoundValue]?) throws -> KnownFields?
}

extension FieldPassing {
    /// Rows pass as they are.
    func fields(after known: KnownFields, _ words: [BoundValue]?) throws -> KnownFields? { known }
}

extension Where: FieldPassing {}
extension Assert: FieldPassing {}
extension Sort: FieldPassing {}
extension Unique: FieldPassing {}
extension Slice: FieldPassing {}

extension Select: FieldPassing {
    func fields(after known: KnownFields, _ words: [BoundValue]?) throws -> KnownFields? {
        guard let words else { return nil }
        if Self.isEverything(signature, words) { return known }
        let picks = try Self.picks(words)
        return .exactly(picks.map(\.target), were: picks.map(\.source), of: known)
    }
}

extension Group: FieldPassing {
    func fields(after known: KnownFields, _ words: [BoundValue]?) throws -> KnownFields? {
        guard let paths = words?.map({ FieldPath($0.text) }) else { return nil }
        return .groups(by: paths, of: known)
    }
}

extension Count: FieldPassing {
    func fields(after known: KnownFields, _ words: [BoundValue]?) throws -> KnownFields? { .exactly(fields: [.count]) }
}

extension IDs: FieldPassing {
    func fields(after known: KnownFields, _ words: [BoundValue]?) throws -> KnownFields? { .exactly(["id"]) }
}
