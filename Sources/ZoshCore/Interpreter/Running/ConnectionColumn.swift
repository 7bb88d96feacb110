internal import ZoshKit

/// The column of rows that says to which connection each of them belongs.
struct ConnectionColumn {
    /// Rows of one source share their names: those with the column, those without, and the names without it.
    private var last: (shape: Shape, place: Int?, rest: Shape)?

    static func isMeant(by heading: String) -> Bool { PersonHeading.folded(heading) == "connection" }

    static func stands(in row: Row) -> Bool { row.names.contains(where: isMeant) }

    /// What a row says, and the row without that; nil where it has no such column.
    mutating func split(_ row: Row) -> (connection: String, rest: Row)? {
        if last?.shape !== row.shape {
            let place = row.names.firstIndex(where: Self.isMeant)
            let names = row.names.enumerated().filter { $0.offset != place }.map(\.element)
            last = (row.shape, place, Shape(names, origin: row.origin))
        }
        guard let last, let place = last.place else { return nil }
        var values = row.values
        let value = values.remove(at: place)
        return (value.text.trimmedOfUnseen, Row(shape: last.rest, values: values))
    }
}
