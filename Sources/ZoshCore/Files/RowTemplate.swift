internal import ZoshKit

/// Builds rows out of records of one header, `role.name` and `role.id` becoming one nested `role`.
///
/// Made once per file: the shapes are shared by all rows.
struct RowTemplate {
    private indirect enum Slot {
        case cell(Int)
        case nested(RowTemplate)
    }

    private let shape: Shape
    private let slots: [Slot]

    init(header: [String]) {
        // A header that holds both `role` and `role.name` cannot nest: its names stay as they are.
        let plain = Set(header)
        let clashes = header.contains { name in
            name.indices.contains { name[$0] == "." && plain.contains(String(name[..<$0])) }
        }
        let isOdd = header.contains { $0.hasPrefix(".") || $0.hasSuffix(".") || $0.contains("..") }
        self.init(header.enumerated().map { (clashes || isOdd ? [$1] : FieldPath($1).names, $0) })
    }

    private init(_ cells: [(path: [String], index: Int)]) {
        var names: [String] = []
        var groups: [String: [(path: [String], index: Int)]] = [:]
        for cell in cells {
            let name = cell.path[0]
            if groups[name] == nil { names.append(name) }
            groups[name, default: []].append((Array(cell.path.dropFirst()), cell.index))
        }
        shape = Shape(names)
        slots = names.map { name in
            let inner = groups[name] ?? []
            return inner[0].path.isEmpty ? .cell(inner[0].index) : .nested(RowTemplate(inner))
        }
    }

    func row(_ record: [Value]) -> Row {
        Row(shape: shape, values: slots.map { slot in
            switch slot {
            case .cell(let index): record[index]
            case .nested(let template): .row(template.row(record))
            }
        })
    }
}
