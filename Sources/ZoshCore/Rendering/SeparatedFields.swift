internal import ZoshKit

/// What CSV and TSV share: columns fixed by the first page, a header before it, pages written as they come.
struct SeparatedFields {
    private let stream: RowStream
    private let asked: [FieldPath]?
    private let sink: any ByteSink
    private var unseen: [String] = []
    /// Shapes whose every name has a column, so that a page of alike rows is looked at once.
    private var checked: Set<Shape> = []
    private var known: Set<String> = []

    init(_ stream: RowStream, _ asked: [FieldPath]?, _ sink: any ByteSink) {
        self.stream = stream
        self.asked = asked
        self.sink = sink
    }

    /// - Throws: `ZoshError.usage` after the last row when rows held fields that the first page had not: losing them
    ///   silently would make the file look complete.
    mutating func write(header: ([String]) -> String, row: ([Column], Row) -> String) async throws {
        var choice: ColumnChoice?
        while let batch = try await stream.next() {
            var text = ""
            if choice == nil {
                let made = ColumnChoice(asked, stream.columns(with: batch), firstPage: batch.rows, flattened: true)
                text += header(made.columns.map(\.name))
                choice = made
            }
            guard let choice else { return }
            for one in batch.rows {
                text += row(choice.columns, one)
                if choice.isGuessed { remember(one, choice) }
            }
            try await sink.write(Array(text.utf8))
        }
        if choice == nil, case let declared = asked ?? stream.columns.headline, !declared.isEmpty {
            try await sink.write(Array(header(declared.map(\.description)).utf8))
        }
        let columns = choice?.columns.map(\.name) ?? []
        if let mixed = unseen.first(where: { name in columns.contains { $0.hasPrefix(name + ".") } }) {
            var picked: [String] = []
            for name in columns.map({ $0.hasPrefix(mixed + ".") ? mixed : $0 }) where !picked.contains(name) {
                picked.append(name)
            }
            throw ZoshError(
                .usage,
                "'\(mixed.showingUnseen)' holds fields in some rows and a value in others, so it cannot be one column",
                remedy:
                    "name the columns: select \(picked.map { Syntax.quoted($0) }.joined(separator: ", ").neutralised)")
        }
        guard unseen.isEmpty else {
            throw ZoshError(
                .usage, "rows after the first page have fields the header lacks: \(unseen.listedNames)",
                remedy: "name the columns with `select`")
        }
    }

    private mutating func remember(_ row: Row, _ choice: ColumnChoice) {
        let isPlain = !row.values.contains { $0.isNull || $0.row != nil }
        if isPlain, !checked.insert(row.shape).inserted { return }
        if known.isEmpty { known = Set(choice.columns.map(\.name)) }
        for (name, value) in Flattening.fields(of: row) where !value.isNull && known.insert(name).inserted {
            unseen.append(name)
        }
    }
}
