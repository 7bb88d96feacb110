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

    /// - Parameter header: distinct names of at most `Heading.deepest` levels.
    init(header: [String]) {
        let nests = Self.nests(header)
        self.init(header.enumerated().map { (nests ? FieldPath($1).names : [$1], $0) })
    }

    /// Whether dots in these names mean fields of fields. A header that holds both `role` and `role.name` cannot nest:
    /// its names stay as they are.
    static func nests(_ header: [String]) -> Bool {
        let dotted = header.filter { $0.utf8.contains(UInt8(ascii: ".")) }
        guard !dotted.isEmpty else { return false }
        // An address is not a path: the headings of a list that has none are its first row.
        if dotted.contains(where: { $0.contains("@") || $0.hasPrefix(".") || $0.hasSuffix(".") || $0.contains("..") }) { return false }
        let plain = Set(header)
        return !dotted.contains { name in
            // Names deeper than is allowed are refused, so this stays linear.
            let parts = name.split(separator: ".").prefix(Heading.deepest)
            return (1..<max(parts.count, 2)).contains { plain.contains(parts.prefix($0).joined(separator: ".")) && $0 < parts.count }
        }
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

    func row(_ record: [Value], at origin: RowOrigin? = nil) -> Row {
        Row(shape: shape.located(at: origin), values: slots.map { slot in
            switch slot {
            case .cell(let index): record[index]
            case .nested(let template): .row(template.row(record))
            }
        })
    }
}
