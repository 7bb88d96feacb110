internal import ZoshKit

/// What a text file holds: lines, or a table that was saved under `.txt`, as spreadsheets save "Unicode text".
enum TextRows {
    static func reader(_ file: DecodedFile) throws -> any RowReader {
        guard isTable(try file.beginning()) else { return LineRows(file) }
        return try RecordRows(try DelimitedReader(file, isTabbed: false))
    }

    /// Whether the first line heads columns that name users, and the second names one.
    private static func isTable(_ bytes: [UInt8]) -> Bool {
        let lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.lazy
            .compactMap { String(validating: $0, as: UTF8.self) }.filter { !$0.trimmedOfUnseen.isEmpty }.prefix(3)
        let head = lines.first { !$0.hasPrefix("#TYPE ") && !$0.lowercased().hasPrefix("sep=") }
        guard let head, let row = lines.drop(while: { $0 != head }).dropFirst().first else { return false }
        let separator = Dialect.separator(of: Array(head.utf8)).map { Character(Unicode.Scalar($0)) } ?? ","
        let headings = head.split(separator: separator).map { String($0.trimmingQuotes) }
        guard headings.contains(where: { PersonHeading($0) != nil }) else { return false }
        return row.contains("@")
            || row.split(separator: separator).contains { Heading.isPerson(String($0.trimmingQuotes)) }
    }
}

extension Substring {
    fileprivate var trimmingQuotes: Substring {
        let text = Substring(String(self).trimmedOfUnseen)
        return text.count > 1 && text.first == "\"" && text.last == "\"" ? text.dropFirst().dropLast() : text
    }
}
