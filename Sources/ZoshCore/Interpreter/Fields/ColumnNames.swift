internal import ZoshKit

/// The columns of tables as a person names them, in API names.
///
/// A view of one command is of that command's noun; columns for every command may be those of rows from anywhere, so
/// there only a name that is near a known one is taken for a slip.
struct ColumnNames {
    let directory: any UserDirectory

    /// - Parameter resource: the noun the columns belong to; nil when they are for every command.
    /// - Throws: `ZoshError.usage` at the name that no row can have.
    func resolved(_ columns: [FieldPath], of resource: Resource?, at span: Span) async throws -> [FieldPath] {
        var result: [FieldPath] = []
        for column in columns { result.append(try await resolved(column, of: resource, at: span)) }
        return result
    }

    private func resolved(_ column: FieldPath, of resource: Resource?, at span: Span) async throws -> FieldPath {
        let nouns = resource.map { [$0] } ?? Resource.all
        // What `on` puts before every row.
        let added = [Field("connection")]
        var meaning = FieldNames(nouns.flatMap { directory.snapshot.fields(of: $0).names.fields } + added).meaning(
            of: column)
        if case .unknown = meaning, let resource {
            meaning = FieldNames(try await directory.fields(of: resource).names.fields + added).meaning(of: column)
        }
        switch meaning {
        case .path(let path, _): return path
        case .several(let names):
            throw ZoshError(
                .usage,
                "'\(column.description.neutralised)' is ambiguous: \(names.joined(separator: " or ").neutralised)",
                at: span, remedy: "use the API name")
        case .unknown(let part, let near):
            guard resource != nil || near != nil else { return column }
            throw ZoshError(
                .usage, "\(resource?.name ?? "rows") have no field '\(part.description.neutralised)'", at: span,
                remedy: near.map { "did you mean '\($0.neutralised)'?" }
                    ?? (resource ?? .users).fieldsRemedy())
        }
    }
}
