internal import ZoshKit

/// One column of a table or a CSV file: its name and the way to its value.
struct Column {
    let path: FieldPath
    let name: String

    init(_ path: FieldPath) {
        self.path = path
        name = path.description
    }

    /// A field whose name holds dots (out of a file, or renamed by `select`) wins over the path of that spelling.
    func value(in row: Row) -> Value {
        if let field = row[name] { return field }
        return path.names.count > 1 ? row[path] : .null
    }

    /// The value as a cell of a text file: an object with a name is its name, a list of such and of plain values is
    /// joined where it is clear what its values are.
    func cell(in row: Row) -> Value {
        switch value(in: row) {
        case .row(let inner) where inner.string("name") != nil: inner["name"] ?? .null
        case .list(let elements) where !elements.isEmpty && elements.allSatisfy(Self.isPlain):
            Value.cell(ofList: elements)
        case let value: value
        }
    }

    private static func isPlain(_ value: Value) -> Bool {
        switch value {
        case .list: false
        case .row(let row): row.string("name") != nil
        default: true
        }
    }
}

/// Which columns a stream has, decided once: asked for, declared, or those of its first page.
struct ColumnChoice {
    let columns: [Column]
    /// Whether the first page decided; later rows may then hold fields that no column shows.
    let isGuessed: Bool

    /// - Parameter flattened: whether nested rows of a first page become separate columns (`role.id`).
    init(_ asked: [FieldPath]?, _ declared: Columns, firstPage: some Sequence<Row>, flattened: Bool) {
        let declared = asked ?? declared.headline
        isGuessed = declared.isEmpty
        guard isGuessed else {
            columns = declared.map(Column.init)
            return
        }
        var seen: Set<String> = []
        var names: [String] = []
        for row in firstPage {
            for name in flattened ? Flattening.names(of: row) : row.names where seen.insert(name).inserted {
                names.append(name)
            }
        }
        // A nested row that is null in some rows: its fields are the columns, not the null.
        let parents = Set(names.flatMap { name in name.indices.filter { name[$0] == "." }.map { String(name[..<$0]) } })
        columns = names.filter { !flattened || !parents.contains($0) }.map { Column(FieldPath($0)) }
    }
}
