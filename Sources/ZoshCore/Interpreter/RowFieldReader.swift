internal import ZoshKit

/// Reads one field of row after row, remembering where it was: rows of a page mostly share their shape.
///
/// A class, because what it remembers belongs to one stage of one stream; never shared between threads.
final class RowFieldReader {
    let path: FieldPath
    private let name: String
    /// Reads on inside the row found under `name`.
    private let rest: RowFieldReader?
    private var shape: Shape?
    private var place: Int?
    /// Whether the whole path is the name of a field of these rows.
    private var isWhole = false

    init(_ path: FieldPath) {
        self.path = path
        name = path.names[0]
        let rest = path.names.dropFirst()
        self.rest = rest.isEmpty ? nil : RowFieldReader(FieldPath(rest.joined(separator: ".")))
    }

    /// The value; null where the path leads nowhere, the values of all elements where it leads through a list.
    func value(in row: Row) -> Value {
        if row.shape !== shape {
            shape = row.shape
            // A heading of a file may hold dots.
            let whole = rest == nil ? nil : row.shape.position(of: path.description)
            isWhole = rest == nil || whole != nil
            place = whole ?? row.shape.position(of: name)
        }
        guard let place else { return .null }
        guard !isWhole, let rest else { return row.value(at: place) }
        return rest.value(in: row.value(at: place))
    }

    private func value(in value: Value) -> Value {
        switch value {
        case .row(let row): self.value(in: row)
        case .list(let elements): Value.through(elements, self.value)
        default: .null
        }
    }
}
