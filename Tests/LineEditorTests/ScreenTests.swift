internal import Testing
internal import ZoshTesting

/// The model the other tests trust.
struct ScreenTests {
    private func screen(_ text: String, columns: Int = 10, rows: Int = 4) -> Screen {
        var screen = Screen(columns: columns, rows: rows)
        screen.feed(text.utf8)
        return screen
    }

    static let drawings: [(bytes: String, lines: [String], row: Int, column: Int)] = [
        ("abc", ["abc"], 0, 3),
        ("abc\r\nd", ["abc", "d"], 1, 1),
        ("abc\u{8}\u{8}X", ["aXc"], 0, 2),
        ("0123456789", ["0123456789"], 0, 9),
        ("0123456789a", ["0123456789", "a"], 1, 1),
        ("0123456789\r\nb", ["0123456789", "b"], 1, 1),
        ("\u{1B}[?7l0123456789abc\u{1B}[?7h", ["012345678c"], 0, 9),
        ("abc\u{1B}[2DX\u{1B}[K", ["aX"], 0, 2),
        ("abc\r\ndef\u{1B}[A\rX\u{1B}[J", ["X"], 0, 1),
        ("abcd\r\u{1B}[2@X", ["X abcd"], 0, 1),
        ("abcd\r\u{1B}[2P", ["cd"], 0, 0),
        ("abc\u{1B}7\r\nxyz\u{1B}8!", ["abc!", "xyz"], 0, 4),
        ("1\r\n2\r\n3\r\n4\r\n5", ["2", "3", "4", "5"], 3, 1),
        ("e\u{301}x", ["e\u{301}x"], 0, 2),
        ("李x", ["李x"], 0, 3),
        ("012345678李", ["012345678", "李"], 1, 2),
        ("李\rx", ["x"], 0, 1),
        ("\u{1B}[3;4Hx", ["", "", "   x"], 2, 4),
        ("abc\u{1B}[1Gx\u{1B}[4hy\u{1B}[4l", ["xybc"], 0, 2),
    ]

    @Test(arguments: drawings.indices)
    func `Bytes draw what a terminal would show`(index: Int) {
        let drawing = Self.drawings[index]
        let screen = screen(drawing.bytes)
        #expect(screen.lines == drawing.lines)
        #expect(screen.cursor == .init(row: drawing.row, column: drawing.column))
        #expect(screen.unknown.isEmpty)
    }

    @Test func `Attributes stay with their cells`() {
        let screen = screen("\u{1B}[1;36mab\u{1B}[0m\u{1B}[2mc\u{1B}[7md\u{1B}[m")
        #expect(screen.cell(0, 0).style == CellStyle(bold: true, color: 6))
        #expect(screen.cell(0, 2).style == CellStyle(dim: true))
        #expect(screen.cell(0, 3).style == CellStyle(dim: true, reversed: true))
        #expect(screen.cell(0, 4).style == CellStyle())
    }

    @Test func `What scrolls away, rings or is not understood is recorded`() {
        let screen = screen("1\r\n2\r\n3\r\n4\r\n5\u{7}\u{1B}[?2004h\u{1B}[99z")
        #expect(screen.scrollback == ["1"])
        #expect(screen.bells == 1)
        #expect(screen.privateModes == [2004])
        #expect(screen.unknown == ["99z"])
    }

    @Test func `A sequence split between reads is one sequence`() {
        var screen = Screen(columns: 10, rows: 2)
        for byte in "\u{1B}[1;36m李\u{1B}[0m".utf8 { screen.feed([byte]) }
        #expect(screen.cell(0, 0).text == "李" && screen.cell(0, 0).style.isBold)
    }

    @Test func `Resizing cuts rows or wraps them again`() {
        var cut = screen("0123456789abc")
        cut.resize(columns: 5, rows: 4, reflow: false)
        #expect(cut.lines == ["01234", "abc"])
        var resized = screen("0123456789abc")
        resized.resize(columns: 5, rows: 4, reflow: true)
        #expect(resized.lines == ["01234", "56789", "abc"])
        #expect(resized.cursor == .init(row: 2, column: 3))
        resized.resize(columns: 20, rows: 4, reflow: true)
        #expect(resized.lines == ["0123456789abc"])
    }
}
