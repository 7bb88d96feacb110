/// A screen as an SVG: text stays text, each run of one style at its own column, so that any monospaced font fits.
///
/// It brings its own background and border, and so looks the same on light and on dark pages.
public struct ScreenPicture {
    private let screen: Screen
    private let title: String

    /// - Parameter title: what stands in the window's bar, and what a screen reader says first.
    public init(of screen: Screen, title: String) {
        self.screen = screen
        self.title = title
    }

    private static let cell = (width: 9, height: 20)
    private static let margin = (left: 16, top: 50)
    /// SGR colours 0–15 on the dark background.
    private static let colours = [
        "#6e7681", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#c9d1d9",
        "#8b949e", "#ffa198", "#aff5b4", "#f2cc60", "#a5d6ff", "#e2c5ff", "#b3f0ff", "#f0f6fc",
    ]

    private struct Run {
        let column: Int
        var columns: Int
        var text: String
        let style: CellStyle
    }

    public var svg: String {
        let rows = screen.lines.count
        let width = screen.columns * Self.cell.width + 2 * Self.margin.left
        let height = rows * Self.cell.height + Self.margin.top + 16
        var lines = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" role="img" aria-label="\(Self.escaped(title))">
            """,
            """
            <rect x="0.5" y="0.5" width="\(width - 1)" height="\(height - 1)" rx="8" fill="#0d1117" stroke="#57606a"/>
            """,
        ]
        for (index, colour) in ["#ff5f57", "#febc2e", "#28c840"].enumerated() {
            lines.append("<circle cx=\"\(20 + index * 20)\" cy=\"20\" r=\"6\" fill=\"\(colour)\"/>")
        }
        lines.append(
            "<g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" "
                + "font-size=\"15\" fill=\"#c9d1d9\" xml:space=\"preserve\">")
        lines.append(
            "<text x=\"\(width / 2)\" y=\"25\" text-anchor=\"middle\" fill=\"#8b949e\">\(Self.escaped(title))</text>")
        for row in 0..<rows { lines += runs(row).map { element($0, row) } }
        if screen.cursor.row < rows {
            let place = (
                screen.cursor.column * Self.cell.width + Self.margin.left,
                screen.cursor.row * Self.cell.height + Self.margin.top - 15
            )
            lines.append(
                "<rect x=\"\(place.0)\" y=\"\(place.1)\" width=\"2\" height=\"\(Self.cell.height)\" fill=\"#c9d1d9\"/>")
        }
        return (lines + ["</g>", "</svg>"]).joined(separator: "\n") + "\n"
    }

    /// The cells of a row that look alike, up to a gap and up to another script: no font has all letters of one width.
    private func runs(_ row: Int) -> [Run] {
        var runs: [Run] = []
        for column in 0..<screen.columns {
            let cell = screen.cell(row, column)
            if var run = runs.last, cell.text.isEmpty || goesOn(run, with: cell) {
                run.columns += 1
                run.text += cell.text
                runs[runs.count - 1] = run
            } else {
                runs.append(Run(column: column, columns: 1, text: cell.text, style: cell.style))
            }
        }
        return runs.compactMap { run in
            guard !run.style.isReversed else { return run }
            var run = run
            while run.text.last == " " {
                run.text.removeLast()
                run.columns -= 1
            }
            return run.text.isEmpty ? nil : run
        }
    }

    private func goesOn(_ run: Run, with cell: Cell) -> Bool {
        run.style == cell.style && (cell.text == " " || !run.text.hasSuffix("  "))
            && (run.text.unicodeScalars.last?.isASCII ?? true) == (cell.text.unicodeScalars.first?.isASCII ?? true)
    }

    private func element(_ run: Run, _ row: Int) -> String {
        let x = run.column * Self.cell.width + Self.margin.left
        let y = row * Self.cell.height + Self.margin.top
        let width = run.columns * Self.cell.width
        var attributes = "x=\"\(x)\" y=\"\(y)\" textLength=\"\(width)\" lengthAdjust=\"spacingAndGlyphs\""
        if run.style.isBold { attributes += " font-weight=\"bold\"" }
        if run.style.isUnderlined { attributes += " text-decoration=\"underline\"" }
        let colour = run.style.color.map { Self.colours[$0 % Self.colours.count] }
        let shown = run.style.isReversed ? "#0d1117" : run.style.isDim ? "#8b949e" : colour
        if let shown { attributes += " fill=\"\(shown)\"" }
        let text = "<text \(attributes)>\(Self.escaped(run.text))</text>"
        guard run.style.isReversed else { return text }
        let back = colour ?? "#c9d1d9"
        let place = "x=\"\(x)\" y=\"\(y - 15)\" width=\"\(width)\" height=\"\(Self.cell.height)\""
        return "<rect \(place) fill=\"\(back)\"/>\(text)"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
