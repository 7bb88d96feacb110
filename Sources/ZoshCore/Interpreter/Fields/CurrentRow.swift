internal import ZoshKit

/// Rows held by a variable, and the row `$it` that a block runs for: their fields by any of their names.
struct CurrentRow: Sendable {
    let row: Row
    /// What is known of the rows it is one of.
    let fields: KnownFields?
    /// The connections they are of; nil when they are not known to be of other ones than the current one.
    var connections: [ConnectionPlace]?

    /// The value of a field.
    /// - Throws: `ZoshError.usage` when rows like this one have no such field.
    func value(at path: FieldPath, of variable: String, _ span: Span) throws -> Value {
        // Most paths are written as the rows have them.
        if row[path.names[0]] != nil, path.names.count == 1 { return row[path] }
        return row[try Self.path(path, in: [row], fields, of: variable, span)]
    }

    /// A path in the names the rows have.
    static func path(
        _ path: FieldPath, in rows: [Row], _ known: KnownFields?, of variable: String, _ span: Span
    ) throws -> FieldPath {
        let names = FieldNames(KnownFields.union(of: rows).others)
        if case .path(let found, _) = names.meaning(of: path) { return found }
        let all = FieldNames((known?.all ?? []) + names.fields)
        switch all.meaning(of: path) {
        case .path(let found, _):
            if known?.origin(of: "id")?.noun == .users { try ComparedPeople.checkIsShown(found, at: span) }
            return found
        case .several(let candidates):
            throw ZoshError(
                .usage,
                "'\(path.description.neutralised)' is ambiguous: \(candidates.joined(separator: " or ").neutralised)",
                at: span, remedy: "use the API name")
        case .unknown(let part, let near):
            throw ZoshError(
                .usage, "'$\(variable)' has no field '\(part.description.neutralised)'", at: span,
                remedy: FieldInQuotes.remedy(part, of: variable, names)
                    ?? near.map { "did you mean '$\(variable).\($0.neutralised)'?" })
        }
    }
}

/// How a field of a variable is written whose name is not one word: `$it.'E-Mail'`, of which `$it.E-Mail` names `E`.
enum FieldInQuotes {
    /// Nil where no field's name continues after the found part with a character that ends a word.
    static func remedy(_ part: FieldPath, of variable: String, _ names: FieldNames) -> String? {
        guard let begun = part.names.last?.lowercased(), part.names.count == 1 else { return nil }
        let longer = names.fields.map(\.name).filter { name in
            guard name.lowercased().hasPrefix(begun) else { return false }
            return name.unicodeScalars.dropFirst(begun.unicodeScalars.count).first.map {
                $0 != "_" && $0 != "." && !$0.properties.isAlphabetic && $0.properties.numericType == nil
            } ?? false
        }
        guard longer.count == 1 else { return nil }
        let quote = longer[0].contains("'") ? "\"" : "'"
        return "write the name in quotes: $\(variable).\(quote)\(longer[0].neutralised)\(quote)"
    }
}
