/// The field names of rows that look alike, shared between them.
///
/// A page of 200 users has two or three shapes; keeping the names once halves a page's memory and turns a look-up by
/// name into one hash. Immutable, hence safe to share across threads.
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
public struct Row: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    public private(set) var shape: Shape
    public private(set) var values: [Value]

    /// `values` must have one element per name of the shape.
    public init(shape: Shape, values: [Value]) {
        precondition(shape.names.count == values.count, "a row has one value per name")
        self.shape = shape
        self.values = values
    }

    public init() { self.init(shape: Shape([]), values: []) }

    /// Of two fields with the same name the first gives the place, the last the value.
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
    public var count: Int { values.count }

    /// The file and line the row was read from; nil for rows of Zoho and rows typed. Two rows are equal wherever they
    /// were read.
    public var origin: RowOrigin? { shape.origin }

    /// The same row, read at a place.
    public func located(at origin: RowOrigin?) -> Row { Row(shape: shape.located(at: origin), values: values) }

    /// The value of a field, nil when there is no such field. Setting appends a new field or, with nil, removes one.
    public subscript(name: String) -> Value? {
        get { shape.position(of: name).map { values[$0] } }
        set {
            switch (shape.position(of: name), newValue) {
            case (let position?, let value?):
                values[position] = value
            case (nil, let value?):
                shape = Shape(shape.names + [name], origin: shape.origin)
                values.append(value)
            case (let position?, nil):
                var names = shape.names
                names.remove(at: position)
                shape = Shape(names, origin: shape.origin)
                values.remove(at: position)
            case (nil, nil):
                break
            }
        }
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
    /// Whether a row tells of a change, as far as its columns show.
    package var tellsOfChange: Bool { self["outcome"] != nil && self["action"] != nil && self["subject"] != nil }
}
