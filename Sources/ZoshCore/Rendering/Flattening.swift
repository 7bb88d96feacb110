internal import ZoshKit

/// Nested rows as one level of dotted names: `role: {name: CEO}` becomes `role.name: CEO`.
enum Flattening {
    /// Lists stay values; an empty nested row is a value too, so that no field disappears.
    static func fields(of row: Row) -> [(name: String, value: Value)] {
        var flat: [(name: String, value: Value)] = []
        collect(row, under: "", into: &flat)
        return flat
    }

    static func names(of row: Row) -> [String] { fields(of: row).map(\.name) }

    private static func collect(_ row: Row, under prefix: String, into flat: inout [(name: String, value: Value)]) {
        for (name, value) in row.fields {
            if case .row(let nested) = value, nested.count > 0 {
                collect(nested, under: prefix + name + ".", into: &flat)
            } else {
                flat.append((prefix + name, value))
            }
        }
    }
}
