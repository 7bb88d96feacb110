/// Reads what `Fields` has joined, one field after the other.
struct FieldReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next field, nil when there is none or it is cut short.
    mutating func next() -> ArraySlice<UInt8>? {
        guard rest.count >= 4 else { return nil }
        let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        let field = rest.dropFirst(4).prefix(length)
        guard field.count == length else { return nil }
        rest = rest.dropFirst(4 + length)
        return field
    }

    /// The next field as an integer, nil when it is none.
    mutating func integer() -> Int? {
        guard let field = next(), field.count == 8 else { return nil }
        return Int(exactly: field.reduce(Int64(0)) { $0 << 8 | Int64($1) })
    }

    /// All fields there are, nil when the last one is cut short.
    mutating func all() -> [ArraySlice<UInt8>]? {
        var fields: [ArraySlice<UInt8>] = []
        while !isAtEnd {
            guard let field = next() else { return nil }
            fields.append(field)
        }
        return fields
    }
}
