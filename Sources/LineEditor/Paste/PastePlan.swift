/// What to do with pasted text, decided without touching the line.
enum PastePlan: Equatable {
    /// Put this at the cursor.
    case insert(String)
    /// A table, which is not commands: put this line at the cursor, and say this.
    case table(line: String, note: String)
    /// Several commands onto an empty line: show them, and run them only if the person agrees.
    case review([String])

    /// - Parameters:
    ///   - text: cleaned by `PastedText`.
    ///   - before: the line up to the cursor.
    ///   - line: the whole line.
    ///   - isComplete: whether some text is a whole command.
    ///   - tabled: the line for rows that are a table, and what to say; nil when they are none.
    ///   - listed: the line for a list of single words that are not commands; nil when they are anything else.
    init(
        _ text: String, before: String, line: String, isComplete: (String) -> Bool,
        listed: ([String]) -> String? = { _ in nil },
        tabled: ([String]) -> (line: String, note: String)? = { _ in nil }
    ) {
        var text = text
        while text.last == "\n" { text.removeLast() }
        let rows = text.split(separator: "\n").map(String.init)
        if Self.isBlank(line), let words = AddressList.addresses(in: text) ?? Self.words(rows), words.count > 1,
            let list = listed(words)
        {
            self = .insert(list)
            return
        }
        if Self.isBlank(line), rows.count > 1, let table = tabled(rows) {
            self = .table(line: table.line, note: table.note)
            return
        }
        if let addresses = AddressList.addresses(in: text), addresses.count > 1 || !Self.isBlank(before) {
            self = .insert(addresses.joined(separator: ","))
            return
        }
        guard rows.count > 1 else {
            self = .insert(text)
            return
        }
        if !Self.isBlank(before), let cells = Self.column(rows) {
            self = .insert(cells.joined(separator: ","))
            return
        }
        let commands = Self.commands(rows, isComplete)
        self = Self.isBlank(line) && commands.count > 1 ? .review(commands) : .insert(text)
    }

    /// A word a row, without the comma or semicolon behind it; nil when a row holds several.
    private static func words(_ rows: [String]) -> [String]? {
        let words = rows.filter { !isBlank($0) }.map { row in
            var word = trimmed(row)
            if word.last == "," || word.last == ";" { word.removeLast() }
            return String(word)
        }
        return words.allSatisfy { word in !word.isEmpty && !word.contains { $0.isWhitespace } } ? words : nil
    }

    /// The cells of a column copied from a sheet: one word a row. nil when it is anything else.
    private static func column(_ rows: [String]) -> [String]? {
        let cells = rows.filter { !isBlank($0) }.map { String(trimmed($0)) }
        return cells.allSatisfy { cell in !cell.contains { $0.isWhitespace || $0 == "," } } ? cells : nil
    }

    /// Rows joined until each is a whole command; one that begins with `|`, `&&` or `||` continues the command
    /// before it. An unfinished rest is a command too, so that it is seen.
    private static func commands(_ rows: [String], _ isComplete: (String) -> Bool) -> [String] {
        var commands: [String] = []
        var open = ""
        for row in rows where !(open.isEmpty && isBlank(row)) {
            if open.isEmpty, continuesCommand(row), let last = commands.popLast() { open = last }
            open += open.isEmpty ? row : "\n" + row
            if isComplete(open) {
                commands.append(open)
                open = ""
            }
        }
        return open.isEmpty ? commands : commands + [open]
    }

    private static func continuesCommand(_ row: String) -> Bool {
        let text = row.drop { $0.isWhitespace }
        return text.hasPrefix("|") || text.hasPrefix("&&")
    }

    private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

    private static func trimmed(_ text: String) -> Substring {
        let start = text.drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...last]
    }
}
