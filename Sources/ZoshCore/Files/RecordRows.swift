internal import ZoshKit

/// Records of a CSV or TSV file as rows, each knowing its line.
///
/// Headings and cells stay as they are read. A column without a heading and without a value is nothing: spreadsheets
/// leave such columns behind.
struct RecordRows: RowReader {
    private var reader: DelimitedReader
    private let heading: Heading
    /// The first record, when it is not a heading but names a user: a list that was saved without one.
    private var first: (cells: [Value], line: Int)?
    private var hasRows = false

    init(_ reader: DelimitedReader) throws {
        var reader = reader
        var record = try reader.next()
        // Spreadsheets leave empty rows above a table.
        while let cells = record?.cells, cells.allSatisfy({ $0.text.trimmedOfUnseen.isEmpty }) {
            record = try reader.next()
        }
        guard let record else {
            heading = try Heading([], reader, line: 1)
            self.reader = reader
            return
        }
        let names = record.cells.map(\.text)
        let only = names.filter { !$0.trimmedOfUnseen.isEmpty }
        if only.count == 1, Heading.isPerson(only[0]) {
            first = record
            heading = try Heading(names.map { $0.isEmpty ? "" : "line" }, reader, line: record.line)
        } else {
            heading = try Heading(names, reader, line: record.line)
        }
        self.reader = reader
    }

    var fields: KnownFields? { heading.names.isEmpty ? nil : .texts(heading.paths) }

    mutating func next() throws -> Row? {
        if let record = first {
            first = nil
            hasRows = true
            return try row(record)
        }
        while let record = try reader.next() {
            // A line of spaces is a blank line, where it cannot be a cell.
            if record.cells.count == 1, heading.names.count > 1, record.cells[0].text.trimmedOfUnseen.isEmpty {
                continue
            }
            hasRows = true
            return try row(record)
        }
        // One row, and nothing that says what its columns are: it must not count as an empty table.
        if !hasRows, let name = heading.names.first(where: Heading.isPerson) {
            throw reader.failure(
                "the file has no header line; its first line has '\(name.showingUnseen)'", line: heading.line,
                remedy: "put a line with headings above it, such as: email,city")
        }
        return nil
    }

    private func row(_ record: (cells: [Value], line: Int)) throws -> Row {
        let cells = try heading.cells(of: record.cells, line: record.line, reader)
        return heading.template.row(
            cells, at: RowOrigin(file: reader.name, line: record.line, headingLine: heading.line))
    }
}

/// The first record of a file: the names of its columns, and which columns are nothing.
struct Heading {
    /// Of every column that has a name.
    let names: [String]
    let template: RowTemplate
    /// The way to each named column's value in a row.
    var paths: [FieldPath] {
        RowTemplate.nests(names) ? names.map { FieldPath($0) } : names.map { FieldPath(names: [$0]) }
    }
    /// Where the columns with a name stand; nil when all have one.
    private let places: [Int]?
    private let width: Int
    let line: Int

    init(_ cells: [String], _ reader: DelimitedReader, line: Int) throws {
        let named = cells.indices.filter { !cells[$0].trimmedOfUnseen.isEmpty }
        names = named.map { cells[$0] }
        places = named.count == cells.count ? nil : named
        width = cells.count
        self.line = line
        let nests = RowTemplate.nests(names)
        var seen: Set<String> = []
        for name in names {
            guard name.utf8.count <= Self.longest else {
                throw reader.failure("a heading is longer than \(Self.longest) bytes", line: line)
            }
            guard seen.insert(name).inserted else {
                throw reader.failure(
                    "the header names '\(name.showingUnseen)' twice", line: line, remedy: "rename one of the columns")
            }
            guard name.utf8.count(where: { $0 == UInt8(ascii: ".") }) < Self.deepest || !nests else {
                throw reader.failure("a heading names a field more than \(Self.deepest) levels deep", line: line)
            }
        }
        template = RowTemplate(header: names)
    }

    static let longest = 1000
    static let deepest = 32

    /// The cells under the names.
    func cells(of record: [Value], line: Int, _ reader: DelimitedReader) throws -> [Value] {
        if record.count == width, places == nil { return record }
        let stray = record.indices.first { index in
            let isNamed = index < width && (self.places == nil || self.places?.contains(index) == true)
            return !isNamed && !record[index].text.trimmedOfUnseen.isEmpty
        }
        if let stray {
            let shown = String(record[stray].text.prefix(40)).showingUnseen
            if stray < width { throw reader.failure("the value '\(shown)' stands under no heading", line: line) }
            throw reader.failure(Self.count(record.count, width), line: line)
        }
        let named = places ?? Array(0..<width)
        guard (named.last ?? -1) < record.count else {
            throw reader.failure(Self.count(record.count, width), line: line)
        }
        return named.map { record[$0] }
    }

    private static func count(_ count: Int, _ width: Int) -> String {
        "\(count) field\(count == 1 ? "" : "s") where the header has \(width)"
    }

    /// Whether a text names a user and is therefore no heading.
    static func isPerson(_ text: String) -> Bool {
        let id = WrittenID(text)
        if let digits = id.digits { return ZohoID.isID(amongNames: digits) }
        return id.isDamaged || text.contains("@") && (try? WrittenEmail(text)) != nil
    }
}
