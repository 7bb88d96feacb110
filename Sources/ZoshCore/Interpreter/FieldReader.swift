internal import ZoshKit

/// Reads one field of row after row, remembering where it was: rows of a page mostly share their shape.
///
/// A class, because what it remembers belongs to one stage of one stream; never shared between threads.
final class FieldReader {
    let path: FieldPath
    private let name: String
    /// Reads on inside the row found under `name`.
    private let rest: FieldReader?
    private var shape: Shape?
    private var place: Int?

    init(_ path: FieldPath) {
        self.path = path
        name = path.names[0]
        let rest = path.names.dropFirst()
        self.rest = rest.isEmpty ? nil : FieldReader(FieldPath(rest.joined(separator: ".")))
    }

    /// The value; null where the path leads nowhere.
    func value(in row: Row) -> Value {
        if row.shape !== shape {
            shape = row.shape
            place = row.shape.position(of: name)
        }
        guard let place else { return .null }
        guard let rest else { return row.values[place] }
        guard case .row(let inner) = row.values[place] else { return .null }
        return rest.value(in: inner)
    }
}
