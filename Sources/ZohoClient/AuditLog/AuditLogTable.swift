internal import ZoshKit

/// The rows of an exported audit log: `at, who, action, module, subject, id`.
///
/// Zoho documents neither the columns of the file nor their order. They are found by their names, several of which are
/// known for each; a file without a time, an action and a module is refused rather than read as empty.
enum AuditLogTable {
    private static let columns: [(name: String, titles: Set<String>, isNeeded: Bool)] = [
        ("at", ["auditedtime", "time", "date", "actiontime", "datetime"], true),
        ("who", ["doneby", "user", "username", "performedby"], false),
        ("action", ["action", "actiontype", "operation"], true),
        ("module", ["module", "modulename"], true),
        ("subject", ["recordname", "entityname", "record", "name"], false),
        ("id", ["recordid", "entityid", "id"], false),
    ]

    static func rows(of bytes: [UInt8]) throws(ZoshError) -> [Row] {
        var records = DelimitedText.records(of: bytes)
        guard !records.isEmpty else { return [] }
        let titles = records.removeFirst().map { $0.lowercased().filter(\.isLetter) }
        let places = columns.map { column in titles.firstIndex { column.titles.contains($0) } }
        for (column, place) in zip(columns, places) where column.isNeeded && place == nil {
            throw ZoshError(
                .refused,
                "Zoho's audit log has no \(column.name == "at" ? "time" : column.name) column; it has: "
                    + titles.map { PlainText.shown($0, limit: 30) }.prefix(12).joined(separator: ", "))
        }
        return records.map { cells in
            Row(
                zip(columns, places).map { column, place in
                    let text = place.flatMap { cells.indices.contains($0) ? cells[$0] : nil } ?? ""
                    return (column.name, text.isEmpty ? .null : .string(text))
                })
        }
    }
}

/// Text of cells between commas, quoted where they hold one (RFC 4180).
enum DelimitedText {
    static func records(of bytes: [UInt8]) -> [[String]] {
        var records: [[String]] = []
        var cells: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && index < bytes.count && bytes[index] == byte:
                cell.append(byte)
                index += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                cells.append(text(cell))
                cell = []
            case UInt8(ascii: "\n") where !isQuoted:
                cells.append(text(cell))
                if cells != [""] { records.append(cells) }
                (cells, cell) = ([], [])
            case UInt8(ascii: "\r") where !isQuoted: continue
            default: cell.append(byte)
            }
        }
        cells.append(text(cell))
        if cells != [""] { records.append(cells) }
        return records
    }
}
