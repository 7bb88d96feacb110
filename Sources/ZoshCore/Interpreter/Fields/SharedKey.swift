internal import ZoshKit

/// The field of the other side of a join that is what the near side calls its key: `E-Mail` of a file for `email`.
enum SharedKey {
    /// - Parameters:
    ///   - key: the near side's path, in API names.
    ///   - side: the other side, as the line names it.
    /// - Throws: `ZoshError.usage` when the other side has no such field, or several.
    static func path(
        of key: FieldPath, in others: [Row], _ known: KnownFields?, called side: String, at span: Span
    ) throws -> FieldPath {
        // Rows that are not there have nothing to share.
        guard !others.isEmpty else { return key }
        let names = FieldNames(KnownFields.union(of: others).others)
        if case .path(let path, _) = names.meaning(of: key) { return path }
        var labels: [String] = []
        if let known, case .path(_, let field?) = FieldNames(known.all).meaning(of: key) { labels = field.labels }
        var found: [FieldPath] = []
        for label in labels {
            if case .field(let field) = names.meaning(of: label), !found.contains(FieldPath(names: [field.name])) {
                found.append(FieldPath(names: [field.name]))
            }
        }
        // Two files may call one field of users by two of its names.
        let users = Resource.users.fieldNames
        if found.isEmpty, case .path(let meant, _?) = users.meaning(of: key) {
            for field in names.fields {
                let path = FieldPath(names: [field.name])
                if case .path(meant, _) = users.meaning(of: path) { found.append(path) }
            }
        }
        if found.count == 1 { return found[0] }
        let some = names.fields.prefix(8).map(\.name).listedNames
        guard found.isEmpty else {
            throw ZoshError(
                .usage,
                "'\(key)' is ambiguous in \(side): "
                    + found.map(\.description).joined(separator: " or ").neutralised,
                at: span,
                remedy: "rename one: open FILE | select …")
        }
        throw ZoshError(
            .usage, "\(side) has no field '\(key.description.neutralised)'", at: span,
            remedy: names.nearest(to: key.names[0]).map { "did you mean '\($0.neutralised)'?" }
                ?? "there are: \(some)\(names.fields.count > 8 ? ", …" : "")")
    }
}
