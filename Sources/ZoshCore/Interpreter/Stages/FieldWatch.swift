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

    /// A null and an empty list on the way count as the field: it may be there in another row.
    private static func has(_ path: FieldPath, _ row: Row) -> Bool {
        row[path.description] != nil || has(path.names[...], .row(row))
    }

    private static func has(_ names: ArraySlice<String>, _ value: Value) -> Bool {
        guard let name = names.first else { return true }
        switch value {
        case .row(let row): return row[name].map { has(names.dropFirst(), $0) } ?? false
        case .list(let elements): return elements.isEmpty || elements.contains { has(names, $0) }
        default: return true
        }
    }

    /// The fields no row has had so far.
    var absent: [FieldPath] { missing }

    var notes: [String] {
        guard sawRows else { return [] }
        return missing.map { path in
            let near = Suggestion.nearest(to: path.description, among: names).map { "; did you mean '\($0)'?" } ?? ""
            return "No row has a field '\(path)'\(near)"
        }
    }
}
