/// Reads a JSON text into a `JSONValue`, keeping key order.
///
/// Request bodies and world files come through here; nesting is bounded so that hostile input ends
/// in an error and not in a crash.
struct JSONParser {
    /// Where and why a text is not JSON.
    struct Failure: Error, Equatable, CustomStringConvertible {
        let offset: Int
        let reason: String
        var description: String { "\(reason) at byte \(offset)" }
    }

    private let bytes: [UInt8]
    private var position = 0
    private static let deepest = 64

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The value of a whole text.
    static func read(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
        var reader = JSONParser(bytes)
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.position == bytes.count else { throw reader.failure("unexpected text after the value") }
        return value
    }

    private func failure(_ reason: String) -> Failure {
        Failure(offset: position, reason: reason)
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard next == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        guard depth < Self.deepest else { throw failure("too deeply nested") }
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(Failure) -> JSONValue {
        guard bytes[position...].starts(with: text.utf8) else { throw failure("unknown word") }
        position += text.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(Failure) -> JSONObject {
        var object = JSONObject()
        position += 1
        if take("}") { return object }
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw failure("expected a key") }
            let key = try string()
            guard take(":") else { throw failure("expected a colon") }
            object.members.append(.init(key: key, value: try value(depth: depth + 1)))
        } while take(",")
        guard take("}") else { throw failure("expected a comma or a closing brace") }
        return object
    }

    private mutating func array(depth: Int) throws(Failure) -> [JSONValue] {
        var elements: [JSONValue] = []
        position += 1
        if take("]") { return elements }
        repeat {
            elements.append(try value(depth: depth + 1))
        } while take(",")
        guard take("]") else { throw failure("expected a comma or a closing bracket") }
        return elements
    }

    private mutating func number() throws(Failure) -> String {
        let start = position
        while let byte = next, "+-.eE0123456789".utf8.contains(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard Double(text) != nil else { throw failure("expected a value") }
        return text
    }

    private mutating func string() throws(Failure) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw failure("a control character in a string")
            default: text.append(byte)
            }
        }
        throw failure("a string without an end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(Failure) {
        let letter = next
        position += 1
        switch letter {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "u"): try unicode(into: &text)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            if let letter { text.append(letter) }
        default: throw failure("an unknown escape")
        }
    }

    private mutating func unicode(into text: inout [UInt8]) throws(Failure) {
        var units = [try fourDigits()]
        if (0xD800..<0xDC00).contains(units[0]), bytes[position...].starts(with: "\\u".utf8) {
            position += 2
            units.append(try fourDigits())
        }
        text.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
    }

    private mutating func fourDigits() throws(Failure) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw failure("expected four hexadecimal digits")
        }
        position += 4
        return unit
    }
}
