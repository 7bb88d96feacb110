internal import ZoshKit

/// The text of one cell as a terminal may see it: one line, neutralised, names instead of nested rows.
struct TableCell {
    let text: String
    let width: Int
    let isNull: Bool
    let isNumber: Bool

    init(_ value: Value, utf8: Bool) {
        isNull = value.isNull
        text = isNull ? (utf8 ? "–" : "-") : value.shownText.neutralised
        width = DisplayWidth.of(text)
        isNumber =
            switch value {
            case .integer, .decimal: true
            default: false
            }
    }
}

/// The few styles tables use, or none of them.
struct TableStyle {
    let colour: Bool

    // SGR 1 bold, 2 dim; 22 ends both.
    func bold(_ text: String) -> String { colour ? "\u{1B}[1m" + text + "\u{1B}[22m" : text }
    func dim(_ text: String) -> String { colour ? "\u{1B}[2m" + text + "\u{1B}[22m" : text }
}
