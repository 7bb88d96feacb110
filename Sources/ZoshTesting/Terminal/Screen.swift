/// A terminal's screen, small but honest: what a person would see after some bytes.
///
/// Tests assert on what is shown, not on which of many equal byte sequences drew it. A sequence the model does
/// not know is recorded in `unknown` instead of ignored, so a test cannot pass by the model's blindness.
public struct Screen: Sendable {
    public struct Position: Equatable, Sendable {
        public var row: Int
        public var column: Int

        public init(row: Int, column: Int) {
            self.row = row
            self.column = column
        }
    }

    public private(set) var columns: Int
    public private(set) var rows: Int
    public internal(set) var cursor = Position(row: 0, column: 0)
    /// DEC private modes now set, e.g. 2004 for bracketed paste.
    public internal(set) var privateModes: Set<Int> = []
    /// Every private mode that was ever set.
    public internal(set) var everSetModes: Set<Int> = []
    /// Rows that left the screen at the top, oldest first.
    public internal(set) var scrollback: [String] = []
    /// How often the bell rang.
    public internal(set) var bells = 0
    /// Sequences this model does not know.
    public internal(set) var unknown: [String] = []

    var cells: [[Cell]]
    /// For each row, whether its text goes on in the next one by automatic wrap.
    var isWrapped: [Bool]
    var style = CellStyle()
    /// A character was written in the last column; the next one wraps first.
    var isWrapPending = false
    var wrapsAutomatically = true
    var isInserting = false
    var saved = (cursor: Position(row: 0, column: 0), style: CellStyle(), wrap: false)
    var parser = ScreenParser()

    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: Array(repeating: .blank, count: columns), count: rows)
        isWrapped = Array(repeating: false, count: rows)
    }

    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            if let token = parser.take(byte) { apply(token) }
        }
    }

    // MARK: asking

    /// The text of a row without the blanks at its end.
    public func row(_ index: Int) -> String {
        Self.text(of: cells[index])
    }

    /// All rows down to the last that is not empty.
    public var lines: [String] {
        var lines = cells.map(Self.text)
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    public var text: String { lines.joined(separator: "\n") }

    /// Whether `text` is shown: within a row, blanks at its end included, or across rows with `\n` between them.
    public func contains(_ text: String) -> Bool {
        if text.contains("\n") { return self.text.contains(text) }
        return cells.contains { $0.map(\.text).joined().contains(text) }
    }

    /// Where `text` starts, searching from the bottom; nil when no row holds it.
    public func position(of text: String) -> Position? {
        for row in stride(from: rows - 1, through: 0, by: -1) {
            for column in 0..<columns where Self.text(of: Array(cells[row][column...])).hasPrefix(text) {
                return Position(row: row, column: column)
            }
        }
        return nil
    }

    public func cell(_ row: Int, _ column: Int) -> Cell { cells[row][column] }

    /// The style of the first cell of `text`; nil when it is not on the screen.
    public func style(of text: String) -> CellStyle? {
        position(of: text).map { cells[$0.row][$0.column].style }
    }

    static func text(of cells: [Cell]) -> String {
        var text = cells.map(\.text).joined()
        while text.last == " " { text.removeLast() }
        return text
    }

    // MARK: resizing

    /// Changes the size the way xterm does (`reflow` false: rows are cut) or as VTE and kitty do (wrapped rows
    /// are joined and cut again).
    public mutating func resize(columns newColumns: Int, rows newRows: Int, reflow: Bool) {
        if reflow { rewrap(to: newColumns) } else { cut(to: newColumns) }
        columns = newColumns
        while cells.count > newRows {
            if cursor.row < cells.count - 1 {
                cells.removeLast()
                isWrapped.removeLast()
            } else {
                scrollback.append(Self.text(of: cells.removeFirst()))
                isWrapped.removeFirst()
                cursor.row -= 1
            }
        }
        while cells.count < newRows {
            cells.append(Array(repeating: .blank, count: columns))
            isWrapped.append(false)
        }
        rows = newRows
        isWrapPending = false
        cursor.column = min(cursor.column, columns - 1)
    }

    private mutating func cut(to width: Int) {
        cells = cells.map { row in
            Array(row.prefix(width)) + Array(repeating: .blank, count: max(0, width - row.count))
        }
        isWrapped = isWrapped.map { _ in false }
    }

    private mutating func rewrap(to width: Int) {
        var newCells: [[Cell]] = []
        var newWrapped: [Bool] = []
        var newCursor = cursor
        var start = 0
        let used = max(cursor.row, cells.lastIndex { !Self.text(of: $0).isEmpty } ?? 0)
        while start <= used {
            var end = start
            while end < used, isWrapped[end] { end += 1 }
            var logical = Array(cells[start...end].joined())
            var offset: Int?
            if (start...end).contains(cursor.row) { offset = (cursor.row - start) * columns + cursor.column }
            while let last = logical.last, last == .blank, logical.count > offset ?? 0 { logical.removeLast() }
            if let offset { newCursor = Position(row: newCells.count + offset / width, column: offset % width) }
            repeat {
                let piece = Array(logical.prefix(width))
                logical.removeFirst(piece.count)
                newCells.append(piece + Array(repeating: .blank, count: width - piece.count))
                newWrapped.append(!logical.isEmpty)
            } while !logical.isEmpty
            while newCells.count <= newCursor.row, offset != nil {
                newCells.append(Array(repeating: .blank, count: width))
                newWrapped.append(false)
            }
            start = end + 1
        }
        cells = newCells
        isWrapped = newWrapped
        cursor = newCursor
    }
}
