internal import ZoshKit

/// The ids that have passed by, so that a row that moved to the next page while we read is given once.
///
/// Eight bytes an id: a million users must not cost a million strings.
struct SeenIDs {
    private var numbers: Set<Int64> = []
    private var others: Set<String> = []

    /// Whether the row is new, or has no id to tell it by.
    mutating func insert(_ row: Row) -> Bool {
        guard let id = row["id"] else { return true }
        if let number = id.integer { return numbers.insert(number).inserted }
        return others.insert(id.text).inserted
    }
}
