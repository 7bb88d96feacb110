extension Screen {
    mutating func put(_ scalar: Unicode.Scalar) {
        let width = CellWidth.of(scalar)
        if width == 0 {
            combine(scalar)
            return
        }
        if isWrapPending || cursor.column + width > columns {
            if wrapsAutomatically {
                isWrapped[cursor.row] = true
                cursor.column = 0
                isWrapPending = false
                lineFeed()
            } else {
                cursor.column = columns - width
                isWrapPending = false
            }
        }
        if isInserting { insertCells(width) }
        clearHalves(cursor.row, cursor.column, width)
        cells[cursor.row][cursor.column] = Cell(text: String(scalar), style: style)
        if width == 2 { cells[cursor.row][cursor.column + 1] = Cell(text: "", style: style) }
        cursor.column += width
        if cursor.column >= columns {
            cursor.column = columns - 1
            isWrapPending = true
        }
    }

    /// A combining mark joins the character before the cursor.
    private mutating func combine(_ scalar: Unicode.Scalar) {
        var column = isWrapPending ? cursor.column : cursor.column - 1
        if column > 0, cells[cursor.row][column].text.isEmpty { column -= 1 }
        guard column >= 0 else { return }
        cells[cursor.row][column].text.unicodeScalars.append(scalar)
    }

    /// Overwriting one half of a wide character blanks the other.
    private mutating func clearHalves(_ row: Int, _ column: Int, _ width: Int) {
        if cells[row][column].text.isEmpty, column > 0 { cells[row][column - 1].text = " " }
        let after = column + width
        if after < columns, cells[row][after].text.isEmpty { cells[row][after].text = " " }
    }

    mutating func move(to row: Int, _ column: Int) {
        cursor = Position(row: row, column: column)
        isWrapPending = false
    }

    mutating func lineFeed() {
        isWrapPending = false
        if cursor.row < rows - 1 {
            cursor.row += 1
            return
        }
        scrollback.append(Self.text(of: cells.removeFirst()))
        isWrapped.removeFirst()
        cells.append(blankRow)
        isWrapped.append(false)
    }

    private var blankRow: [Cell] { Array(repeating: .blank, count: columns) }

    mutating func erase(_ row: Int, _ range: Range<Int>) {
        for column in range { cells[row][column] = .blank }
        if range.upperBound == columns { isWrapped[row] = false }
        isWrapPending = false
    }

    mutating func eraseRow(_ mode: Int) {
        switch mode {
        case 0: erase(cursor.row, cursor.column..<columns)
        case 1: erase(cursor.row, 0..<min(cursor.column + 1, columns))
        default: erase(cursor.row, 0..<columns)
        }
    }

    mutating func eraseDisplay(_ mode: Int) {
        switch mode {
        case 0:
            eraseRow(0)
            for row in (cursor.row + 1)..<max(rows, cursor.row + 1) { erase(row, 0..<columns) }
        case 1:
            eraseRow(1)
            for row in 0..<cursor.row { erase(row, 0..<columns) }
        default:
            for row in 0..<rows { erase(row, 0..<columns) }
        }
    }

    mutating func insertCells(_ count: Int) {
        let count = min(count, columns - cursor.column)
        cells[cursor.row].insert(contentsOf: Array(repeating: .blank, count: count), at: cursor.column)
        cells[cursor.row].removeLast(count)
        isWrapPending = false
    }

    mutating func deleteCells(_ count: Int) {
        let count = min(count, columns - cursor.column)
        cells[cursor.row].removeSubrange(cursor.column..<(cursor.column + count))
        cells[cursor.row] += Array(repeating: .blank, count: count)
        isWrapPending = false
    }

    mutating func insertRows(_ count: Int) {
        for _ in 0..<min(count, rows - cursor.row) {
            cells.insert(blankRow, at: cursor.row)
            isWrapped.insert(false, at: cursor.row)
            cells.removeLast()
            isWrapped.removeLast()
        }
    }

    mutating func deleteRows(_ count: Int) {
        for _ in 0..<min(count, rows - cursor.row) {
            cells.remove(at: cursor.row)
            isWrapped.remove(at: cursor.row)
            cells.append(blankRow)
            isWrapped.append(false)
        }
    }
}
