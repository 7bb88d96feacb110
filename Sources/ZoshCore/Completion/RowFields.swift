internal import ZoshKit

/// Which fields the rows before a stage have, as far as the words of the line tell.
struct RowFields {
    private let registry: CommandRegistry

    init(_ registry: CommandRegistry) { self.registry = registry }

    /// Fields of the rows that reach the stage at the cursor; empty where only the rows themselves could tell.
    func names(before context: CursorContext, _ around: CompletionSurroundings) -> [String] {
        guard let known = known(before: context, around) else { return [] }
        let own = known.others.map { Self.shown($0) }
        guard let resource = known.resource else { return own }
        return own + (resource == .users ? UserFieldNames.shown : resource.fields.map { Self.shown($0) })
    }

    /// Whether a field of the rows is one of users, or what a stage kept of one.
    func isOfUsers(_ field: FieldPath, before context: CursorContext, _ around: CompletionSurroundings) -> Bool {
        known(before: context, around)?.origin(of: field)?.noun == .users
    }

    /// `role.name` for an object that people know by its name.
    private static func shown(_ field: Field) -> String {
        guard let inner = field.inner?.map(\.name), !inner.isEmpty else { return field.name }
        return field.name + "." + (inner.contains("name") ? "name" : inner[0])
    }

    private func known(before context: CursorContext, _ around: CompletionSurroundings) -> KnownFields? {
        guard let first = context.stagesBefore.first else { return .users }
        return context.stagesBefore.dropFirst().reduce(beginning(first, around)) { known, words in
            after(words, known)
        }
    }

    private func beginning(_ words: [CursorContext.EarlierWord], _ around: CompletionSurroundings) -> KnownFields? {
        if words.count == 1, let reference = words[0].word.soleVariable, reference.path.isEmpty {
            return around.variables[reference.name].map { names in .exactly(names.map { FieldPath($0) }) }
        }
        guard let count = registry.fanOut(words) else { return after(words, nil) }
        return after(Array(words.dropFirst(count)), nil)?.adding([Field("connection")])
    }

    /// Fields of the rows of a stage.
    private func after(_ words: [CursorContext.EarlierWord], _ before: KnownFields?) -> KnownFields? {
        let plain = words.prefix { $0.isPlain }.map(\.text)
        guard
            case .command(let entry, let count, _) = registry.resolve(
                plain, spans: plain.map { _ in Span(0, 0) }, prefixes: true)
        else { return nil }
        if let rows = entry.signature.rows { return rows }
        guard let before else { return nil }
        if let stage = entry.command as? any FieldPassing {
            let values = words.dropFirst(count).flatMap { $0.word.elements.compactMap(\.literal) }
            return try? stage.fields(
                after: before,
                values.filter { !$0.isEmpty && !$0.hasPrefix("--") }.map { BoundValue(.string($0), at: Span(0, 0)) })
        }
        return entry.signature.states(.keepsFields) ? before : nil
    }
}
