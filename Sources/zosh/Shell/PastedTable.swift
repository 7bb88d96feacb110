import ZoshCore
import ZoshKit

/// A table pasted at the empty prompt, as a sheet or a CSV file has it: no commands, whatever its rows look like.
///
/// The line it becomes looks its users up; nothing runs, and what else the table says is for a file.
enum PastedTable {
    /// - Parameters:
    ///   - rows: the lines that were pasted.
    ///   - isCommand: whether a line begins with a command.
    /// - Returns: the line to put at the prompt, and what to say; nil when the rows are not a table that names users.
    static func line(of rows: [String], isCommand: (String) -> Bool) -> (line: String, note: String)? {
        let rows = rows.filter { !$0.allSatisfy(\.isWhitespace) }
        guard let first = rows.first, rows.count > 1, !isCommand(first) else { return nil }
        for separator in ["\t", ";", ","] as [Character] {
            let cells = rows.map { self.cells($0, separator) }
            guard cells[0].count > 1 else { continue }
            if let column = column(under: cells[0]) { return found(Array(cells.dropFirst()), column) }
            // Without headings every row names a user in the same place.
            guard cells.allSatisfy({ $0.count == cells[0].count }),
                let column = cells[0].indices.first(where: { column in
                    cells.allSatisfy { (try? WrittenEmail($0[column])) != nil }
                })
            else { continue }
            return found(cells, column)
        }
        return nil
    }

    /// The column whose heading says that it holds e-mails, else ids.
    private static func column(under headings: [String]) -> Int? {
        let meant = headings.map { PersonHeading($0) }
        return meant.firstIndex(of: .email) ?? meant.firstIndex(of: .id)
    }

    private static func found(_ rows: [[String]], _ column: Int) -> (line: String, note: String) {
        let words = rows.compactMap { $0.indices.contains(column) ? $0[column] : nil }
        let line = PastedList.line(of: words.filter { PastedList.isTarget($0) }) ?? ""
        let count = rows.count == 1 ? "1 row" : "\(rows.count) rows"
        let file = "save it as a file, then: open FILE.csv | …"
        return (
            line,
            line.isEmpty
                ? "This is a table of \(count), not commands; \(file)"
                : "This is a table of \(count): Enter looks its users up. For the other columns \(file)"
        )
    }

    /// The cells of a row; a quoted one may hold the separator.
    private static func cells(_ row: String, _ separator: Character) -> [String] {
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        for character in row {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == separator, !isQuoted {
                cells.append(cell)
                cell = ""
            } else {
                cell.append(character)
            }
        }
        return (cells + [cell]).map(\.trimmedOfUnseen)
    }
}
