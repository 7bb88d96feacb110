import ZoshKit

/// `roles list` and `profiles list`.
struct ListOfNamed: Command {
    let signature: Signature
    let examples: [Example]
    private let columns: Columns
    private let rows: @Sendable (any ZohoService) -> RowStream

    init(
        _ plural: String, _ path: String, _ summary: String, scope: Scope, columns: [FieldPath],
        rows: @escaping @Sendable (any ZohoService) -> RowStream
    ) {
        signature = Signature(path, summary, scopes: [scope])
        examples = [Example("\(path) | select name, id", "\(plural) and their ids")]
        self.columns = Columns(columns)
        self.rows = rows
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        var stream = rows(shell.zoho)
        stream.columns.headline = columns.headline
        stream.columns.card = columns.card
        return stream
    }
}

/// `roles show` and `profiles show`: by name or id, among those listed.
struct ShowOfNamed: Command {
    let signature: Signature
    private let noun: String
    private let rows: @Sendable (any ZohoService) -> RowStream

    init(
        _ noun: String, _ path: String, _ summary: String, scope: Scope, type: ValueType,
        rows: @escaping @Sendable (any ZohoService) -> RowStream
    ) {
        signature = Signature(path, summary, scopes: [scope]) { Argument(noun, type, "Its name or id") }
        self.noun = noun
        self.rows = rows
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let wanted: String = try call.require(noun)
        let all = try await rows(shell.zoho).collect()
        guard
            let row = all.first(where: {
                $0["id"].text == wanted || $0["name"].text.lowercased() == wanted.lowercased()
            })
        else {
            let names = all.map { $0["name"].text }.sorted()
            throw ZoshError(
                .notFound, "there is no \(noun) '\(wanted.neutralised)'", at: call.span(of: noun),
                remedy: Suggestion.nameRemedy(for: wanted, among: names)
                    ?? Suggestion.thereAre(names, "\(signature.path[0]) list"))
        }
        return RowStream(Columns(row.names.map { FieldPath($0) }, card: true), rows: [row])
    }
}
