internal import ZoshKit

/// One row as a card: a field a line, nested rows flattened with dots, nothing cut off, broken between words.
///
/// A user has some seventy fields, of which a person looks at eight: those come first and alone, with how to see the
/// rest. Every other format is whole.
enum TableCard {
    /// What a person looks at first, in order.
    private static let useful = [
        "full_name", "email", "role.name", "profile.name", "status", "confirm", "Reporting_To.name", "Modified_Time",
    ]
    /// Fields a card may have before it is shortened.
    private static let most = 16

    static func text(_ row: Row, _ columns: Columns, for target: OutputTarget) -> String {
        let style = TableStyle(colour: target.colour)
        let all = Flattening.fields(of: row)
        let shown = columns.isWhole ? all : chosen(of: all)
        let fields = shown.map {
            (name: $0.name, title: $0.name.neutralised, cell: TableCell($0.value, utf8: target.utf8))
        }
        let width = fields.map { DisplayWidth.of($0.title) }.max() ?? 0
        var text = ""
        for field in fields {
            let padding = String(repeating: " ", count: width - DisplayWidth.of(field.title))
            let value =
                field.cell.isNull
                ? style.dim(field.cell.text)
                : TableStyle.holdsStates(field.name) ? style.state(field.cell.text) : field.cell.text
            let room = target.width - width - 2
            text += style.bold(field.title)
            text +=
                field.cell.width <= room
                ? padding + "  " + value + "\n" : lines(field.cell.text, width, padding, target)
        }
        let hidden = all.count - shown.count
        guard hidden > 0 else { return text }
        let line = columns.showing.line.map { $0.brief(200) + " " } ?? ""
        let more = "\(hidden) more: \(line)| select *"
        return text + more.wrapped(to: max(10, target.width)).map { style.dim($0) + "\n" }.joined()
    }

    /// A value that is longer than the room beside its title: broken between words there, or below it where a word of
    /// it (an e-mail) is.
    private static func lines(_ value: String, _ width: Int, _ padding: String, _ target: OutputTarget) -> String {
        let beside = value.wrapped(to: max(10, target.width - width - 2))
        guard beside.contains(where: { DisplayWidth.of($0) > target.width - width - 2 }) else {
            let indent = String(repeating: " ", count: width + 2)
            return padding + "  " + beside.joined(separator: "\n" + indent) + "\n"
        }
        return "\n" + value.wrapped(to: max(10, target.width - 2)).map { "  \($0)\n" }.joined()
    }

    /// The useful fields of a user; all of anything else.
    private static func chosen(of all: [(name: String, value: Value)]) -> [(name: String, value: Value)] {
        let found = useful.compactMap { name in
            // A role that came as text, a manager there is none of.
            all.first { $0.name == name } ?? all.first { name == $0.name + ".name" }
        }
        let isUser = all.contains { $0.name == "email" } && all.contains { $0.name == "full_name" }
        return isUser && all.count > most ? found : all
    }
}
