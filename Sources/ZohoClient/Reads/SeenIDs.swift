internal import ZoshKit

/// The ids that have passed by, so that a row that moved to the next page while we read is given once.
///
/// Eight bytes an id: a million users must not cost a million strings.
struct SeenIDs {
    private var numbers: Set<Int64> = []
    private var others: Set<String> = []
    /// Where the id stands in rows like the last one.
    private var last: (shape: Shape, place: Int?)?

    /// Whether the row is new, or has no id to tell it by.
    mutating func insert(_ row: Row) -> Bool {
        if last?.shape !== row.shape { last = (row.shape, row.shape.position(of: "id")) }
        guard let id = last?.place.map(row.value(at:)) else { return true }
        if let number = id.integer { return numbers.insert(number).inserted }
        return others.insert(id.text).inserted
    }
}
