internal import ZoshKit

/// Notices fields that no row has: most likely misspelt, and otherwise silent, because an absent field is null.
struct FieldWatch {
    private var missing: [FieldPath]
    private var names: [String] = []
    private var sawRows = false

    init(_ paths: [FieldPath]) { missing = paths }

    mutating func see(_ rows: [Row]) {
        guard !missing.isEmpty || !sawRows else { return }
        for row in rows {
            if !sawRows {
                sawRows = true
                names = row.names
            }
            if missing.isEmpty { return }
            missing.removeAll { Self.has($0, row) }
        }
    }

    /// A null on the way counts as the field: it may be there in another row.
    private static func has(_ path: FieldPath, _ row: Row) -> Bool {
        var here = Value.row(row)
        for name in path.names {
            guard case .row(let row) = here else { return true }
            guard let value = row[name] else { return false }
            here = value
        }
        return true
    }

    var notes: [String] {
        guard sawRows else { return [] }
        return missing.map { path in
            let near = Suggestion.nearest(to: path.description, among: names).map { "; did you mean '\($0)'?" } ?? ""
            return "no row has a field '\(path)'\(near)"
        }
    }
}
