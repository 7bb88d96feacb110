internal import ZoshKit

/// The text of one cell as a terminal may see it: one line, neutralised, names instead of nested rows.
struct TableCell {
    let text: String
    let width: Int
    let isNull: Bool
    let isNumber: Bool

    init(_ value: Value, utf8: Bool) {
        isNull = value.isNull
        text = isNull ? (utf8 ? "–" : "-") : value.shownText.brief(Self.longest)
        width = DisplayWidth.of(text)
        isNumber =
            switch value {
            case .integer, .decimal: true
            default: false
            }
    }

    /// Longest cell in columns; a longer one is unreadable, and every other format has all of it.
    private static let longest = 1000
}
