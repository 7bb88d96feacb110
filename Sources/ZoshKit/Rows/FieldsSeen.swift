/// The fields that rows were seen to have, and what is inside them, in the order they first came.
///
/// A path into a text, a number or a list of texts leads nowhere, so the fields of such values are known to be none;
/// only where every value was null or an empty list may any name follow.
///
/// For example after a row with `role`, an object, it holds `role` and inside it `name` and `id`.
public struct FieldsSeen: Sendable {
    private var names: [String] = []
    private var values: [ValuesSeen] = []
    private var places: [String: Int] = [:]
    /// Where the fields of the last row stand: the next one mostly has the same.
    private var last: (shape: Shape, places: [Int])?

    public init() {}

    public mutating func add(_ row: Row) {
        let places: [Int]
        if let last, last.shape === row.shape {
            places = last.places
        } else {
            places = row.names.map { place(of: $0) }
            last = (row.shape, places)
        }
        for (place, field) in zip(places, row.fields) { values[place].add(field.value) }
    }

    public var fields: [Field] { zip(names, values).map { Field($0, inner: $1.inner) } }

    private mutating func place(of name: String) -> Int {
        if let place = places[name] { return place }
        places[name] = names.count
        names.append(name)
        values.append(ValuesSeen())
        return names.count - 1
    }
}

/// What the values of one field were seen to hold.
private struct ValuesSeen: Sendable {
    private var isPlain = false
    /// The fields of its objects; an array, because a value cannot hold another of the same kind directly.
    private var objects: [FieldsSeen] = []

    mutating func add(_ value: Value) {
        switch value {
        case .null: break
        case .row(let row):
            if objects.isEmpty { objects.append(FieldsSeen()) }
            objects[0].add(row)
        case .list(let values): for value in values { add(value) }
        default: isPlain = true
        }
    }

    var inner: [Field]? { objects.first?.fields ?? (isPlain ? [] : nil) }
}
