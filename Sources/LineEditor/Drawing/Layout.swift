/// Where libedit puts the characters of a prompt and a line on a screen of some width.
///
/// libedit does not tell where its cursor is; everything drawn outside its own repaint (notices, hints,
/// panels) needs to know. The walk repeats libedit's own rules: control characters take the width of `^X`, characters
/// the C library cannot print that of `\U+1FAE8`, a tab goes to the next multiple of eight, a wide character never
/// straddles the edge, and a cursor that reaches the edge stands at the start of the next row.
struct Layout: Equatable {
    struct Point: Equatable {
        var row = 0
        var column = 0
    }

    private(set) var cursor = Point()
    private(set) var end = Point()

    init(promptWidth: Int, scalars: some Sequence<Unicode.Scalar>, cursor offset: Int, columns: Int) {
        let columns = max(columns, 1)
        var point = Point()
        for _ in 0..<promptWidth { Self.advance(&point, by: 1, columns) }
        var index = 0
        for scalar in scalars {
            if index == offset { cursor = point }
            Self.put(scalar, at: &point, columns)
            index += 1
        }
        if offset >= index { cursor = point }
        end = point
    }

    private static func put(_ scalar: Unicode.Scalar, at point: inout Point, _ columns: Int) {
        switch scalar.value {
        case 0x0A:
            point = Point(row: point.row + 1, column: 0)
        case 0x09:
            repeat { advance(&point, by: 1, columns) } while point.column % 8 != 0
        case 0x20..<0x7F:
            advance(&point, by: 1, columns)
        case 0..<0x20, 0x7F..<0xA0:
            for _ in 0..<2 { advance(&point, by: 1, columns) }
        case _ where !ColumnWidth.isPrintable(scalar):
            for _ in 0..<unprintable(scalar).utf8.count { advance(&point, by: 1, columns) }
        default:
            let width = ColumnWidth.of(scalar)
            while width > 0, point.column + width > columns, point.column > 0 { advance(&point, by: 1, columns) }
            advance(&point, by: width, columns)
        }
    }

    private static func advance(_ point: inout Point, by width: Int, _ columns: Int) {
        point.column += width
        if point.column >= columns { point = Point(row: point.row + 1, column: 0) }
    }

    /// What stands on each row, the first one beginning behind the prompt; a mark without its own column stays
    /// with its letter.
    static func rows(promptWidth: Int, scalars: some Sequence<Unicode.Scalar>, columns: Int) -> [String] {
        var rows = [""]
        var point = Point(row: 0, column: promptWidth % columns)
        for scalar in scalars {
            if scalar.value > 0x9F, ColumnWidth.isPrintable(scalar), ColumnWidth.of(scalar) == 0 {
                // What turns the direction of text is left out: it would act beyond the line.
                if !ColumnWidth.steers(scalar) { rows[rows.count - 1].unicodeScalars.append(scalar) }
                continue
            }
            var start = point
            put(scalar, at: &point, columns)
            if scalar.value > 0x9F, !ColumnWidth.isPrintable(scalar) {
                for (place, sign) in unprintable(scalar).enumerated() {
                    let row = start.row + (start.column + place) / columns
                    while rows.count <= row { rows.append("") }
                    rows[row].append(sign)
                }
                continue
            }
            // A wide character that did not fit was moved on whole.
            if scalar.value > 0x9F, start.column + ColumnWidth.of(scalar) > columns {
                start = Point(row: start.row + 1, column: 0)
            }
            while rows.count <= start.row { rows.append("") }
            rows[rows.count - 1] += drawn(scalar, from: start.column, to: point)
        }
        while rows.count <= point.row { rows.append("") }
        return rows
    }

    /// As libedit draws a character the C library has no glyph for: `\U+202F`.
    private static func unprintable(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\U+" + String(repeating: "0", count: max(0, (scalar.value > 0xFFFF ? 5 : 4) - digits.count))
            + digits.suffix(5)
    }

    /// A character as libedit draws it.
    private static func drawn(_ scalar: Unicode.Scalar, from column: Int, to point: Point) -> String {
        switch scalar.value {
        case 0x0A: ""
        case 0x09: String(repeating: " ", count: max(0, point.column - column))
        case 0..<0x20: "^" + String(UnicodeScalar(UInt8(scalar.value + 0x40)))
        case 0x7F: "^?"
        case 0x80..<0xA0: "^" + String(UnicodeScalar(UInt8(scalar.value | 0x40)))
        default: String(scalar)
        }
    }
}
