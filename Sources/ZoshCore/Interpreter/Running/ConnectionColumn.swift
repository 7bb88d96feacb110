internal import ZoshKit

/// The column of rows that says to which connection each of them belongs.
struct ConnectionColumn {
    /// Rows of one source share their names: those with the column, those without, and the names without it.
    private var last: (shape: Shape, place: Int?, rest: Shape)?

    /// Whether a heading is its name, as people write it: `connection`, `Connection`, `Connection Name`.
    static func isMeant(by heading: String) -> Bool { PlaceHeading(heading) == .connection }

    /// Whether a heading is its name, or may be.
    static func mayBeMeant(by heading: String) -> Bool { PlaceHeading(heading) != nil }

    /// The column as a block names it: `$it.org`, `$it."Org Name"`.
    static func reference(in row: Row) -> String {
        let heading = row.names.first(where: isMeant) ?? row.names.first(where: mayBeMeant) ?? "connection"
        let isPlain = heading.unicodeScalars.allSatisfy { $0 == "_" || $0.isLetter || $0.isDigit }
        return "$it." + (isPlain ? heading : Syntax.quoted(heading))
    }

    static func stands(in row: Row) -> Bool { row.names.contains(where: isMeant) }

    static func mayStand(in row: Row) -> Bool { row.names.contains(where: mayBeMeant) }

    /// What a row says, and the row without that; nil where it has no such column.
    /// - Throws: `ZoshError.usage` where two columns say it.
    mutating func split(_ row: Row) throws(ZoshError) -> (connection: String, rest: Row)? {
        if last?.shape !== row.shape {
            let places = row.names.indices.filter { Self.isMeant(by: row.names[$0]) }
            if places.count > 1 { throw Self.saidTwice(places.map { row.names[$0] }, row.origin) }
            let names = row.names.enumerated().filter { $0.offset != places.first }.map(\.element)
            last = (row.shape, places.first, Shape(names, origin: row.origin))
        }
        guard let last, let place = last.place else { return nil }
        var values = row.values
        let value = values.remove(at: place)
        return (value.text.trimmedOfUnseen, Row(shape: last.rest, values: values))
    }

    /// Two headings that mean the same: it is not clear which of them counts.
    static func saidTwice(_ headings: [String], _ origin: RowOrigin?) -> ZoshError {
        let place = origin.map { origin in
            origin.headingLine.map { "\(origin.file):\($0): " } ?? "\(origin): "
        }
        return ZoshError(
            .usage,
            "\(place ?? "")the columns \(headings.map { "'\($0.showingUnseen)'" }.joined(separator: " and ")) "
                + "both name a connection",
            remedy: "keep one of them")
    }

    /// A row that has the column and does not say where it belongs.
    static func isEmpty(at origin: RowOrigin?) -> ZoshError {
        ZoshError(
            .usage, "no connection is given", in: origin,
            remedy: "every row names its connection, or none has the column")
    }

    /// A row whose column names another connection than those where the rows were read.
    struct Misplaced {
        let origin: RowOrigin?
        /// Its number, from 1, for a row that does not come from a file.
        let number: Int
        let connection: String
        let read: [ConnectionPlace]

        func error(remedy: String) -> ZoshError {
            ZoshError(
                .refused,
                "\(origin == nil ? "row \(number): " : "")this row comes from \(read.map(\.name).fewNames), and its "
                    + "column says '\(connection.neutralised)'",
                in: origin, consequence: ZoshError.nothingChanged, remedy: remedy)
        }
    }

    /// - Parameter read: where the rows were read; nil where that is not known.
    static func misplaced(_ rows: [Row], readIn read: [ConnectionPlace]?) throws(ZoshError) -> Misplaced? {
        guard let read else { return nil }
        var column = ConnectionColumn()
        for (index, row) in rows.enumerated() {
            guard let (name, _) = try column.split(row), !name.isEmpty, !read.contains(where: { $0.name == name })
            else { continue }
            return Misplaced(origin: row.origin, number: index + 1, connection: name, read: read)
        }
        return nil
    }

    /// Every connection that rows name, in the order of their names; nil where none has the column.
    static func connections(of rows: [Row]) -> [String]? {
        var names: Set<String>?
        for row in rows {
            for (name, value) in row.fields where isMeant(by: name) {
                let text = value.text.trimmedOfUnseen
                names = (names ?? []).union(text.isEmpty ? [] : [text])
            }
        }
        return names?.sorted()
    }
}

extension RowStream {
    /// Rows of a file that say their connections are known to be of those, also once the column is left out. Of more
    /// rows than are held for that they may be of any connection.
    /// - Parameter all: the connections there are; nil while the store is not open, which no file opens.
    func placedByColumn(among all: [ConnectionSummary]?) async throws -> RowStream {
        let isKnown = columns.fields.map { $0.all.contains { ConnectionColumn.mayBeMeant(by: $0.name) } }
        guard isKnown != false else { return self }
        let peeked = PeekedStream(self)
        let rest = RowStream(columns, from: peeked)
        guard try await peeked.peek()?.rows.contains(where: ConnectionColumn.mayStand) == true else { return rest }
        let most = 10_000
        let first = try await rest.collect(limit: most + 1)
        var names = ConnectionColumn.connections(of: first) ?? OrganisationColumn.connections(of: first, among: all)
        if first.count > most, let all { names = Set(names).union(all.map(\.name)).sorted() }
        var placed = rest.preceded(by: first, RowOutcome())
        if !names.isEmpty {
            placed.columns.connections = names.map { name in
                all?.first { $0.name == name }?.place ?? ConnectionPlace(name: name, organisation: nil)
            }
        }
        return placed
    }
}

extension Signature {
    /// Whether it reads users whom rows or words name.
    var looksUpUsers: Bool { effect == .reads && states(.needsUsers) }
}
