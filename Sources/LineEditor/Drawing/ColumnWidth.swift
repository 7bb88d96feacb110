internal import CLibedit

/// How many columns text takes, by the same `wcwidth` libedit asks, so that both agree where the cursor is.
enum ColumnWidth {
    static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x7F && scalar.value >= 0x20 { return 1 }
        let known = Int(zosh_cell_width(wchar_t(bitPattern: scalar.value)))
        // Newer than the C library: most such characters are emoji, and the terminal may well know them.
        return known < 0 && scalar.value >= 0x1F000 ? 2 : max(0, known)
    }

    static func of(_ text: some StringProtocol) -> Int {
        isPlain(text) ? text.utf8.count : text.unicodeScalars.reduce(0) { $0 + of($1) }
    }

    /// The longest beginning of `text` that fits `columns`, ending with `…` (or `~`) when something was cut.
    ///
    /// Control characters are shown as `?`: what is drawn may come from anywhere and must not move the cursor.
    static func fit(_ text: String, columns: Int, ellipsis: Character = "…") -> String {
        let safe = neutral(text)
        guard of(safe) > columns else { return safe }
        guard columns > 0 else { return "" }
        var out = ""
        var used = 0
        for character in safe {
            let width = of(String(character))
            if used + width > columns - 1 { break }
            out.append(character)
            used += width
        }
        out.append(ellipsis)
        return out
    }

    /// `text` with everything that could steer a terminal shown as `?`, and line breaks as `⏎`.
    static func neutral(_ text: String) -> String {
        guard !isPlain(text), text.unicodeScalars.contains(where: steers) else { return text }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    if scalar == "\n" { return "⏎" }
                    if scalar == "\t" { return " " }
                    return steers(scalar) ? "?" : scalar
                }))
    }

    /// Printable ASCII, which most texts are: every byte is a column.
    private static func isPlain(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    /// Whether the C library knows how wide it is; libedit writes the number of any other.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        zosh_cell_width(wchar_t(bitPattern: scalar.value)) >= 0
    }

    static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: true
        default: false
        }
    }
}
