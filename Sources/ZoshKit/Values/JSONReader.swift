/// Reads JSON text into values, keeping field order and numbers exactly.
///
/// Foundation's readers lose the order of fields and pass numbers through `Double`, which Zoho's 19-digit ids do not
/// survive. Rows of one array mostly share their names, so the reader guesses that an object looks like the last one
/// at its depth and allocates names only when the guess fails. Strict RFC 8259; nesting is limited so that hostile
/// text cannot exhaust the stack.
///
/// For example `try JSONReader.value(of: #"{"id": 7}"#).row?["id"]` is `.integer(7)`.
public struct JSONReader {
    public struct Failure: Error, Sendable, Equatable {
        /// Byte offset of the first byte that cannot be read.
        public let offset: Int
        public let reason: String
    }

    static let deepest = 128

    private var bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var lastShapes: [Shape?] = []
    private var known: Set<Shape> = []
    /// Where the elements of each list begin that is a document or stands right inside one; nil where not wanted.
    private var places: [[Int]]?
    private var refusesRepeatedNames = false

    /// Reads one text after the other, remembering what their objects looked like: rows of a file share their names.
    ///
    /// Not for use by two threads at once.
    public struct Lines {
        private var reader = JSONReader(UnsafeBufferPointer(start: nil, count: 0))

        /// - Parameter refusesRepeatedNames: whether an object that names a field twice is an error rather than an
        ///   object with the last of its values.
        public init(refusesRepeatedNames: Bool = false) { reader.refusesRepeatedNames = refusesRepeatedNames }

        /// The one value the text holds.
        /// - Throws: `JSONReader.Failure` naming the offset in this text.
        public mutating func value(of bytes: some Collection<UInt8>) throws(Failure) -> Value {
            let result = bytes.withContiguousStorageIfAvailable { reader.read($0) }
            // Only exotic collections have no contiguous storage.
            return try (result ?? Array(bytes).withUnsafeBufferPointer { reader.read($0) }).get()
        }
    }

    private mutating func read(_ buffer: UnsafeBufferPointer<UInt8>) -> Result<Value, Failure> {
        bytes = buffer
        position = 0
        // Rows that all look different must not fill the memory with names.
        if known.count > 1000 { known = [] }
        defer { bytes = UnsafeBufferPointer(start: nil, count: 0) }
        do throws(Failure) {
            let value = try value(depth: 0)
            skipSpace()
            guard position == bytes.count else { throw failure("text after the value") }
            return .success(value)
        } catch { return .failure(error) }
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The one value the text holds.
    /// - Throws: `JSONReader.Failure` naming the offset.
    public static func value(of bytes: [UInt8]) throws(Failure) -> Value {
        var lines = Lines()
        return try lines.value(of: bytes)
    }

    public static func value(of text: String) throws(Failure) -> Value { try value(of: Array(text.utf8)) }

    /// A value and the bytes it was read from.
    public struct Document: Sendable {
        public let value: Value
        public let start: Int
        /// Of the value when it is a list, else of each list among its fields, in order: where their elements begin.
        public let elements: [[Int]]
    }

    /// The objects and lists a text holds one after the other, as replies do that were appended to one file; or the one
    /// value it holds. They are written by hand, so that an object that names a field twice is an error.
    /// - Throws: `JSONReader.Failure` naming the offset.
    public static func documents(of bytes: [UInt8]) throws(Failure) -> [Document] {
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<[Document], Failure> in
            var reader = JSONReader(buffer)
            reader.refusesRepeatedNames = true
            do throws(Failure) { return .success(try reader.documents()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private mutating func documents() throws(Failure) -> [Document] {
        var documents: [Document] = []
        repeat {
            skipSpace()
            places = []
            let start = position
            let value = try value(depth: 0)
            documents.append(Document(value: value, start: start, elements: places ?? []))
            skipSpace()
            guard position < bytes.count else { break }
            let isContainer = value.row != nil || value.list != nil
            guard isContainer, bytes[position] == UInt8(ascii: "{") || bytes[position] == UInt8(ascii: "[") else {
                throw failure("text after the value")
            }
        } while true
        return documents
    }

    private func failure(_ reason: String) -> Failure { Failure(offset: position, reason: reason) }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> Value {
        guard depth < Self.deepest else { throw failure("nested too deeply") }
        skipSpace()
        guard position < bytes.count else { throw failure("the text ends where a value is expected") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return .row(try object(depth: depth))
        case UInt8(ascii: "["): return .list(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    private mutating func literal(_ text: StaticString, _ value: Value) throws(Failure) -> Value {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { throw failure("unknown word") }
        for index in 0..<count where bytes[position + index] != text.utf8Start[index] { throw failure("unknown word") }
        position += count
        return value
    }

    private mutating func array(depth: Int) throws(Failure) -> [Value] {
        position += 1
        var values: [Value] = []
        let list = depth < 2 ? places.map(\.count) : nil
        if list != nil { places?.append([]) }
        if take("]") { return values }
        repeat {
            if let list {
                skipSpace()
                places?[list].append(position)
            }
            values.append(try value(depth: depth + 1))
        } while take(",")
        guard take("]") else { throw failure("a list needs , or ] here") }
        return values
    }

    private mutating func object(depth: Int) throws(Failure) -> Row {
        position += 1
        while lastShapes.count <= depth { lastShapes.append(nil) }
        var guess = lastShapes[depth]
        var names: [String] = []
        // Where the last of the names begin: those that no guess knew.
        var starts: [Int] = []
        var values: [Value] = []
        values.reserveCapacity(guess?.names.count ?? 4)
        if take("}") { return Row() }
        repeat {
            skipSpace()
            if let shape = guess {
                if values.count < shape.names.count, takeName(shape.names[values.count]) {
                    // The name is the guessed one; nothing to keep.
                } else {
                    names = Array(shape.names.prefix(values.count))
                    guess = nil
                    starts.append(position)
                    names.append(try name())
                }
            } else {
                starts.append(position)
                names.append(try name())
            }
            guard take(":") else { throw failure("a field needs : after its name") }
            values.append(try value(depth: depth + 1))
        } while take(",")
        guard take("}") else { throw failure("an object needs , or } here") }
        if let shape = guess {
            if values.count == shape.names.count { return Row(shape: shape, values: values) }
            names = Array(shape.names.prefix(values.count))
        }
        guard Set(names).count == names.count else {
            if refusesRepeatedNames { throw repeated(names, starts) }
            return Row(zip(names, values).map { ($0, $1) })
        }
        let shape = known.insert(Shape(names)).memberAfterInsert
        lastShapes[depth] = shape
        return Row(shape: shape, values: values)
    }

    /// - Parameter starts: where the last of the names begin.
    private func repeated(_ names: [String], _ starts: [Int]) -> Failure {
        var seen: Set<String> = []
        let again = names.firstIndex { !seen.insert($0).inserted } ?? 0
        let known = names.count - starts.count
        return Failure(
            offset: again < known ? position : starts[again - known],
            reason: "the object names '\(String(names[again].prefix(40)).showingUnseen)' twice")
    }

    private mutating func name() throws(Failure) -> String {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            throw failure("a field needs a name in quotes")
        }
        return try string()
    }

    /// Moves past `"name"` when exactly that stands here; no allocation.
    private mutating func takeName(_ name: String) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return false }
        let start = position + 1
        var end = start
        for byte in name.utf8 {
            guard end < bytes.count, bytes[end] == byte, byte != UInt8(ascii: "\\") else { return false }
            end += 1
        }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return false }
        position = end + 1
        return true
    }

    private mutating func number() throws(Failure) -> Value {
        let start = position
        var whole = true
        func digit(_ at: Int) -> Bool { at < bytes.count && (0x30...0x39).contains(bytes[at]) }
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
        guard digit(position) else { throw failure("a value cannot start here") }
        if bytes[position] == 0x30, digit(position + 1) { throw failure("a number cannot start with 0") }
        while digit(position) { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            whole = false
            position += 1
            guard digit(position) else { throw failure("a number needs a digit after its point") }
            while digit(position) { position += 1 }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            whole = false
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            guard digit(position) else { throw failure("a number needs a digit in its exponent") }
            while digit(position) { position += 1 }
        }
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        if whole, let number = Int64(text) { return .integer(number) }
        return .decimal(text)
    }

    private mutating func string() throws(Failure) -> String {
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\"),
            bytes[position] >= 0x20
        { position += 1 }
        guard position < bytes.count else { throw failure("a string never ends") }
        if bytes[position] == UInt8(ascii: "\"") {
            defer { position += 1 }
            return String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        }
        var text = Array(bytes[start..<position])
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            let byte = bytes[position]
            guard byte >= 0x20 else { throw failure("a control character stands unescaped in a string") }
            position += 1
            if byte == UInt8(ascii: "\\") { try escape(into: &text) } else { text.append(byte) }
        }
        guard position < bytes.count else { throw failure("a string never ends") }
        position += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func escape(into text: inout [UInt8]) throws(Failure) {
        guard position < bytes.count else { throw failure("a string never ends") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = UInt32(try hex4())
            // A high surrogate must be followed by an escaped low one; alone it becomes U+FFFD, as Foundation does.
            if (0xD800..<0xDC00).contains(code), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            {
                let back = position
                position += 2
                let low = UInt32(try hex4())
                if (0xDC00..<0xE000).contains(low) {
                    code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                } else {
                    position = back
                }
            }
            text.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
        default: throw failure("unknown escape in a string")
        }
    }

    private mutating func hex4() throws(Failure) -> UInt16 {
        guard position + 4 <= bytes.count else { throw failure("\\u needs four digits") }
        var code: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, bytes[position] < 0x80 else {
                throw failure("\\u needs four digits")
            }
            code = code << 4 | UInt16(digit)
            position += 1
        }
        return code
    }
}
