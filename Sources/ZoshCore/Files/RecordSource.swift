internal import ZoshKit

/// A file of records under one header.
protocol RecordReader {
    /// The first record; nil when the file is empty. Called once, before `next`.
    mutating func header() throws -> [String]?
    mutating func next() throws -> (cells: [Value], line: Int)?
    func failure(_ problem: String, line: Int) -> ZoshError
}

/// Records as rows, a page at a time.
struct RecordRows<Reader: RecordReader>: RowReader {
    private var reader: Reader
    private let template: RowTemplate
    private let names: [String]

    init(_ reader: Reader) throws {
        var reader = reader
        let names = try reader.header() ?? []
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw reader.failure("the header names '\(twice)' twice", line: 1)
        }
        guard !names.contains("") else { throw reader.failure("the header has a column without a name", line: 1) }
        self.reader = reader
        self.names = names
        template = RowTemplate(header: names)
    }

    mutating func next() throws -> Row? {
        guard let (cells, line) = try reader.next() else { return nil }
        guard cells.count == names.count else {
            throw reader.failure("\(cells.count) fields where the header has \(names.count)", line: line)
        }
        return template.row(cells)
    }
}
