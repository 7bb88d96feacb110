/// The field names of rows that look alike, shared between them.
///
/// A page of 200 users has two or three shapes; keeping the names once halves a page's memory and turns a look-up by
/// name into one hash. Immutable, hence safe to share across threads.
///
/// For example `Shape(["id", "email"])`, which all rows of a page share.
public final class Shape: Sendable, Hashable {
    public let names: [String]
    /// Nil while comparing the few names costs less than hashing one.
    private let positions: [String: Int]?
    /// Where the one row of this shape was read, when that is a file. Rows of Zoho share shapes and have no origin, so
    /// that knowing one costs them nothing.
    public let origin: RowOrigin?

    /// Names must be distinct; of two equal names the later one wins on look-up.
    public init(_ names: [String], origin: RowOrigin? = nil) {
        self.names = names
        self.origin = origin
        positions = names.count > 8 ? Dictionary(zip(names, names.indices), uniquingKeysWith: { $1 }) : nil
    }

    private init(_ shape: Shape, _ origin: RowOrigin?) {
        names = shape.names
        positions = shape.positions
        self.origin = origin
    }

    /// The same names for a row read elsewhere; they are shared, not copied.
    public func located(at origin: RowOrigin?) -> Shape { origin == self.origin ? self : Shape(self, origin) }

    /// Where the field of this name stands in rows of this shape.
    public func position(of name: String) -> Int? {
        if let positions { return positions[name] }
        return names.lastIndex(of: name)
    }

    public static func == (a: Shape, b: Shape) -> Bool { a === b || a.names == b.names }
    public func hash(into hasher: inout Hasher) { hasher.combine(names) }
}

/// Named values in the order they were written: one user, one role, one result.
///
/// A row of a page read from Zoho makes its values when they are asked for; all others hold them.
///
/// ```swift
/// var row: Row = ["email": "ada@example.com", "role": .row(["name": "CEO"])]
/// row["city"] = "Bern"
/// row["role.name" as FieldPath].string  // "CEO"
/// ```
public struct Row: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private enum Cells: Sendable {
        case values([Value])
        case stored(StoredRow)
    }

    public private(set) var shape: Shape
    private var cells: Cells

    /// `values` must have one element per name of the shape.
    public init(shape: Shape, values: [Value]) {
        precondition(shape.names.count == values.count, "a row has one value per name")
        self.shape = shape
        cells = .values(values)
    }

    /// A row of a page, which has the fields of this shape.
    public init(shape: Shape, row: Int, of storage: any RowStorage) {
        self.shape = shape
        cells = .stored(StoredRow(storage, row, width: shape.names.count))
    }

    /// All values, in the order of `names`. Of a row of a page they are made again each time: ask `value(at:)` for one.
    public var values: [Value] {
        switch cells {
        case .values(let values): values
        case .stored(let stored): stored.values
        }
    }

    /// One value by its place among `names`.
    public func value(at place: Int) -> Value {
        switch cells {
        case .values(let values): values[place]
        case .stored(let stored): stored.value(place)
        }
    }

    public static func == (a: Row, b: Row) -> Bool {
        guard a.shape == b.shape else { return false }
        if case .stored(let one) = a.cells, case .stored(let other) = b.cells, one.isHeld(with: other) { return true }
        return a.values == b.values
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(shape)
        hasher.combine(values)
    }

    public init() { self.init(shape: Shape([]), values: []) }

    /// Of two fields with the same name the first decides the place, the last the value.
    public init(_ fields: [(String, Value)]) {
        let all = fields.map(\.0)
        guard Set(all).count < all.count else {
            self.init(shape: Shape(all), values: fields.map(\.1))
            return
        }
        // Counted once each: a hostile file has a hundred thousand columns of one name.
        var places: [String: Int] = [:]
        var (names, values): ([String], [Value]) = ([], [])
        for (name, value) in fields {
            if let place = places[name] {
                values[place] = value
            } else {
                places[name] = names.count
                names.append(name)
                values.append(value)
            }
        }
        self.init(shape: Shape(names), values: values)
    }

    public init(dictionaryLiteral fields: (String, Value)...) { self.init(fields) }

    public var names: [String] { shape.names }
    public var count: Int { shape.names.count }

    /// The file and line the row was read from; nil for rows of Zoho and rows typed. Two rows are equal wherever they
    /// were read.
    public var origin: RowOrigin? { shape.origin }

    /// The same row, read at a place.
    public func located(at origin: RowOrigin?) -> Row {
        var row = self
        row.shape = shape.located(at: origin)
        return row
    }

    /// The value of a field, nil when there is no such field. Setting appends a new field or, with nil, removes one.
    public subscript(name: String) -> Value? {
        get { shape.position(of: name).map { value(at: $0) } }
        set {
            switch (shape.position(of: name), newValue) {
            case (let position?, let value?):
                withValues { $0[position] = value }
            case (nil, let value?):
                shape = Shape(shape.names + [name], origin: shape.origin)
                if case .stored(let stored) = cells {
                    cells = .stored(stored.adding(value))
                } else {
                    withValues { $0.append(value) }
                }
            case (let position?, nil):
                var names = shape.names
                names.remove(at: position)
                shape = Shape(names, origin: shape.origin)
                withValues { $0.remove(at: position) }
            case (nil, nil):
                break
            }
        }
    }

    /// Changes the values where they are, those of a page's row after they are made.
    private mutating func withValues(_ change: (inout [Value]) -> Void) {
        var values = values
        // Nothing else holds them now, so that no change copies them.
        cells = .values([])
        change(&values)
        cells = .values(values)
    }

    /// The value at a path; null where it leads nowhere. A field whose name holds dots (a heading of a file) wins over
    /// the path of that spelling.
    public subscript(path: FieldPath) -> Value {
        if let value = self[path.description] { return value }
        guard path.names.count > 1, let value = self[path.names[0]] else { return .null }
        return value[path.names.dropFirst()]
    }

    /// Text of a string field; nil when it is absent, null, or no string.
    public func string(_ name: String) -> String? { self[name]?.string }

    public var fields: [(name: String, value: Value)] {
        zip(shape.names, values).map { (name: $0, value: $1) }
    }
}

extension Row {
    /// How many rows stay in memory for this one; nil when it holds its values itself.
    var companions: Int? {
        if case .stored(let stored) = cells { stored.companions } else { nil }
    }

    /// The same row, keeping nothing else in memory.
    var alone: Row {
        guard case .stored(let stored) = cells else { return self }
        var row = self
        row.cells = .stored(stored.alone)
        return row
    }

    /// Adds the first fields as they are written on one line, brackets and all, where a page holds them so.
    /// - Returns: how many fields those are; nil when nothing was added.
    func append(to json: inout [UInt8]) -> Int? {
        if case .stored(let stored) = cells { stored.append(to: &json) } else { nil }
    }

    /// Adds one value as it is written on one line, where a page holds it so.
    func append(_ place: Int, ifScalar isScalar: Bool, to json: inout [UInt8]) -> Bool {
        if case .stored(let stored) = cells { stored.append(place, ifScalar: isScalar, to: &json) } else { false }
    }
}

extension Row {
    /// Whether a row tells of a change, as far as its columns show.
    package var tellsOfChange: Bool { self["outcome"] != nil && self["action"] != nil && self["subject"] != nil }
}
