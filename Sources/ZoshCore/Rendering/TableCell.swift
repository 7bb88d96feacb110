internal import ZoshKit

/// The text of one cell as a terminal may see it: one line, neutralised, names instead of nested rows.
struct TableCell {
    let text: String
    let width: Int
    let isNull: Bool
    let isNumber: Bool

    init(_ value: Value, utf8: Bool) {
        isNull = value.isNull
        text = isNull ? (utf8 ? "–" : "-") : Self.text(value).brief(Self.longest)
        width = DisplayWidth.of(text)
        isNumber =
            switch value {
            case .integer, .decimal: true
            default: false
            }
    }

    /// Columns of a cell nobody could read any more; every other format has all of it.
    private static let longest = 1000

    /// A role or a profile is shown by its name, a list by its elements.
    private static func text(_ value: Value) -> String {
        switch value {
        case .row(let row): row.string("name") ?? value.text
        case .list(let values): values.map(text).joined(separator: ", ")
        default: value.text
        }
    }
}
