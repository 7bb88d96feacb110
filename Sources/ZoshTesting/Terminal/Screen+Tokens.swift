extension Screen {
    mutating func apply(_ token: ScreenParser.Token) {
        switch token {
        case .text(let scalar): put(scalar)
        case .control(let byte): control(byte)
        case .escape(let text): escape(text)
        case .sequence(let marker, let numbers, let final, let raw):
            if marker == "?" {
                privateMode(numbers, final, raw)
            } else if marker == nil {
                sequence(numbers, final, raw)
            } else {
                unknown.append(raw)
            }
        case .operatingSystem: break
        }
    }

    private mutating func control(_ byte: UInt8) {
        switch byte {
        case 0x07: bells += 1
        case 0x08:
            cursor.column = max(0, cursor.column - 1)
            isWrapPending = false
        case 0x09: move(to: cursor.row, min((cursor.column / 8 + 1) * 8, columns - 1))
        case 0x0A, 0x0B, 0x0C: lineFeed()
        case 0x0D: move(to: cursor.row, 0)
        case 0x00, 0x0E, 0x0F: break
        default: unknown.append("control \(byte)")
        }
    }

    private mutating func escape(_ text: String) {
        switch text {
        case "7": saved = (cursor, style, isWrapPending)
        case "8":
            (cursor, style, isWrapPending) = saved
        case "M":
            if cursor.row == 0 { insertRows(1) } else { move(to: cursor.row - 1, cursor.column) }
        case "D": lineFeed()
        case "E":
            move(to: cursor.row, 0)
            lineFeed()
        case "=", ">", "(B", ")B", "(0", ")0", "k", "\\": break
        default: unknown.append("ESC " + text)
        }
    }

    private mutating func privateMode(_ numbers: [Int?], _ final: Character, _ raw: String) {
        for case let number? in numbers {
            switch final {
            case "h":
                privateModes.insert(number)
                everSetModes.insert(number)
                if number == 7 { wrapsAutomatically = true }
            case "l":
                privateModes.remove(number)
                if number == 7 { wrapsAutomatically = false }
            default: unknown.append(raw)
            }
        }
    }

    private mutating func sequence(_ numbers: [Int?], _ final: Character, _ raw: String) {
        let first = numbers.first ?? nil
        let count = max(first ?? 1, 1)
        switch final {
        case "A": move(to: max(0, cursor.row - count), cursor.column)
        case "B", "e": move(to: min(rows - 1, cursor.row + count), cursor.column)
        case "C", "a": move(to: cursor.row, min(columns - 1, cursor.column + count))
        case "D": move(to: cursor.row, max(0, cursor.column - count))
        case "G", "`": move(to: cursor.row, min(columns, count) - 1)
        case "d": move(to: min(rows, count) - 1, cursor.column)
        case "H", "f":
            let column = numbers.count > 1 ? max(numbers[1] ?? 1, 1) : 1
            move(to: min(rows, count) - 1, min(columns, column) - 1)
        case "J": eraseDisplay(first ?? 0)
        case "K": eraseRow(first ?? 0)
        case "X": erase(cursor.row, cursor.column..<min(columns, cursor.column + count))
        case "@": insertCells(count)
        case "P": deleteCells(count)
        case "L": insertRows(count)
        case "M": deleteRows(count)
        case "h" where first == 4: isInserting = true
        case "l" where first == 4: isInserting = false
        case "m": select(numbers)
        case "r", "n", "t", "c": break
        default: unknown.append(raw)
        }
    }

    private mutating func select(_ numbers: [Int?]) {
        for code in numbers.isEmpty ? [0] : numbers.map({ $0 ?? 0 }) {
            switch code {
            case 0: style = CellStyle()
            case 1: style.isBold = true
            case 2: style.isDim = true
            case 4: style.isUnderlined = true
            case 7: style.isReversed = true
            case 22: (style.isBold, style.isDim) = (false, false)
            case 24: style.isUnderlined = false
            case 27: style.isReversed = false
            case 30...37: style.color = code - 30
            case 90...97: style.color = code - 82
            case 39: style.color = nil
            default: unknown.append("SGR \(code)")
            }
        }
    }
}
