internal import ZoshKit

/// The column of rows that says to which connection each of them belongs.
struct ConnectionColumn {
    /// Rows of one source share their names: those with the column, those without, and the names without it.
    private var last: (shape: Shape, place: Int?, rest: Shape)?

    /// Whether a heading is its name, as people write it: `connection`, `Connection`, `Connection Name`.
    static func isMeant(by heading: String) -> Bool {
        ["connection", "connectionname"].contains(PersonHeading.folded(heading))
    }

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

    /// Every connection that rows name, in the order of their names; nil where none has the column.
    static func connections(of rows: [Row]) -> [String]? {
        var column = ConnectionColumn()
        var names: Set<String>?
        for row in rows {
            guard let (name, _) = column.split(row) else { continue }
            names = (names ?? []).union(name.isEmpty ? [] : [name])
        }
        return names?.sorted()
    }
}

extension RowStream {
    /// Rows of a file that say their connections are known to be of those, also once the column is left out. Of more
    /// rows than are held for that they may be of any connection.
    func placedByColumn(among all: () async throws -> [String]) async throws -> RowStream {
        let isKnown = columns.fields.map { $0.all.contains { ConnectionColumn.isMeant(by: $0.name) } }
        guard isKnown != false else { return self }
        let peeked = PeekedStream(self)
        let rest = RowStream(columns, from: peeked)
        guard try await peeked.peek()?.rows.contains(where: ConnectionColumn.stands) == true else { return rest }
        let most = 10_000
        let first = try await rest.collect(limit: most + 1)
        var names = ConnectionColumn.connections(of: first) ?? []
        if first.count > most { names = try await Set(names).union(all()).sorted() }
        var placed = rest.preceded(by: first, RowOutcome())
        if !names.isEmpty { placed.columns.connections = names }
        return placed
    }
}

extension Signature {
    /// Whether it reads users whom rows or words name.
    var looksUpUsers: Bool { effect == .reads && states(.needsUsers) }
}
