/// Rows that came together and are held as they came: a value is made when it is first read.
///
/// A page of a reply keeps its text and knows where in it each value stands. `JSONWriter` takes the text itself where
/// that is what it would write. Places are those of the rows' shapes; the caller has them from there.
///
/// For example `storage.value(2, 0)` is the first field of the third row.
public protocol RowStorage: AnyObject, Sendable {
    /// How many rows it holds, all of which stay in memory as long as one is in use.
    var count: Int { get }
    func value(_ row: Int, _ field: Int) -> Value
    func values(_ row: Int) -> [Value]
    /// Adds the row as `JSONWriter` writes it on one line, if that is how it is held.
    func append(_ row: Int, to json: inout [UInt8]) -> Bool
    /// Adds one value likewise.
    /// - Parameter isScalar: only if it is neither a list nor an object.
    func append(_ row: Int, _ field: Int, ifScalar isScalar: Bool, to json: inout [UInt8]) -> Bool
    /// The same row in its own storage, which keeps nothing else in memory.
    func alone(_ row: Int) -> any RowStorage
}

/// A row in a storage, and what was changed of it since.
struct StoredRow: Sendable {
    /// An object, so that a row is as small as one that holds its values.
    private final class Place: Sendable {
        let storage: any RowStorage
        let row: Int
        /// Fields the storage has.
        let width: Int
        /// Computed fields, which come behind those.
        let added: [Value]

        init(_ storage: any RowStorage, _ row: Int, _ width: Int, _ added: [Value]) {
            (self.storage, self.row, self.width, self.added) = (storage, row, width, added)
        }
    }

    private let place: Place

    private init(_ place: Place) { self.place = place }

    init(_ storage: any RowStorage, _ row: Int, width: Int) { place = Place(storage, row, width, []) }

    func value(_ field: Int) -> Value {
        field < place.width ? place.storage.value(place.row, field) : place.added[field - place.width]
    }

    var values: [Value] { place.storage.values(place.row) + place.added }

    func adding(_ value: Value) -> StoredRow {
        StoredRow(Place(place.storage, place.row, place.width, place.added + [value]))
    }

    /// How many rows are kept in memory for this one.
    var companions: Int { place.storage.count }

    var alone: StoredRow { StoredRow(Place(place.storage.alone(place.row), 0, place.width, place.added)) }

    func isHeld(with other: StoredRow) -> Bool {
        place === other.place
            || place.storage === other.place.storage && place.row == other.place.row && place.added.isEmpty
                && other.place.added.isEmpty
    }

    /// Adds the text of the row without its computed fields, if it is held as it is written.
    /// - Returns: how many fields were written; nil when nothing was.
    func append(to json: inout [UInt8]) -> Int? {
        place.storage.append(place.row, to: &json) ? place.width : nil
    }

    func append(_ field: Int, ifScalar isScalar: Bool, to json: inout [UInt8]) -> Bool {
        field < place.width && place.storage.append(place.row, field, ifScalar: isScalar, to: &json)
    }
}

extension Array where Element == Row {
    /// The same rows, none of which keeps a page in memory of which most is not among them: one row of each of a
    /// thousand pages must not hold a thousand pages.
    func withoutUnusedPages() -> [Row] {
        // Rows of one page come together; its first one stands for them.
        guard let companions = first?.companions, count * 2 < companions else { return self }
        return map(\.alone)
    }
}
