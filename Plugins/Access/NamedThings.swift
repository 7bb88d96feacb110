import ZoshKit

/// `roles list` and `profiles list`.
struct ListOf: Command {
    let signature: Signature
    let examples: [Example]
    private let resource: Resource

    init(_ resource: Resource) {
        self.resource = resource
        signature = Signature(
            "\(resource.name) list", "List \(resource.name)", rows: .of(resource),
            scopes: [resource.scopes[.read]].compactMap(\.self))
        examples = [Example("\(resource.name) list | select name, id", "\(resource.name) and their ids")]
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream { shell.zoho.list(resource) }
}

/// `roles show` and `profiles show`: by name or id, among those listed.
struct ShowOf: Command {
    let signature: Signature
    private let resource: Resource

    init(_ resource: Resource, type: ValueType) {
        self.resource = resource
        signature = Signature(
            "\(resource.name) show", "Show one \(resource.noun)", facts: [.looksUp], rows: .of(resource),
            scopes: [resource.scopes[.read]].compactMap(\.self)
        ) { Argument(resource.noun, type, "Its name or id") }
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let wanted: String = try call.require(resource.noun)
        let all = try await shell.zoho.list(resource).collect()
        guard
            let row = all.first(where: {
                $0["id"].text == wanted || $0["name"].text.lowercased() == wanted.lowercased()
            })
        else {
            let names = all.map { $0["name"].text }.sorted()
            throw ZoshError(
                .notFound, "there is no \(resource.noun) '\(wanted.neutralised)'", at: call.span(of: resource.noun),
                remedy: Suggestion.nameRemedy(for: wanted, among: names)
                    ?? Suggestion.thereAre(names, "\(resource.name) list"))
        }
        return RowStream(Columns(row.names.map { FieldPath($0) }, card: true), rows: [row])
    }
}
