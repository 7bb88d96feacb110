internal import ZoshKit

/// One row as a card: every field on a line of its own, nested rows flattened with dots, nothing cut off.
enum TableCard {
    static func text(_ row: Row, for target: OutputTarget) -> String {
        let style = TableStyle(colour: target.colour)
        let fields = Flattening.fields(of: row).map { (name: $0.name.neutralised, cell: TableCell($0.value, utf8: target.utf8)) }
        let width = fields.map { DisplayWidth.of($0.name) }.max() ?? 0
        return fields.map { field in
            let padding = String(repeating: " ", count: width - DisplayWidth.of(field.name))
            let value = field.cell.isNull ? style.dim(field.cell.text) : field.cell.text
            return style.bold(field.name) + padding + "  " + value + "\n"
        }.joined()
    }
}
