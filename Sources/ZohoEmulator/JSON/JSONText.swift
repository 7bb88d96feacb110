/// A JSON text being written, straight into bytes.
///
/// Pages of generated people are written here without building values first: a page of two hundred
/// costs some string appends. Invariant: the caller keeps the grammar, this type the escaping.
struct JSONText: Sendable {
    private(set) var bytes: [UInt8] = []

    mutating func reserve(_ count: Int) {
        bytes.reserveCapacity(bytes.count + count)
    }

    /// Appends text that is JSON already.
    mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func raw(contentsOf text: some Sequence<UInt8>) {
        bytes.append(contentsOf: text)
    }

    mutating func byte(_ ascii: Unicode.Scalar) {
        bytes.append(UInt8(ascii: ascii))
    }

    mutating func number(_ value: Int) {
        var value = value
        if value < 0 {
            byte("-")
            value = -value
        }
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
            value /= 10
        } while value > 0
        bytes[start...].reverse()
    }

    /// A quoted integer: how Zoho writes identifiers.
    mutating func identifier(_ value: Int) {
        byte("\"")
        number(value)
        byte("\"")
    }

    mutating func bool(_ value: Bool) {
        if value { raw("true") } else { raw("false") }
    }

    /// A quoted, escaped string; null for nil.
    mutating func string(_ text: String?) {
        guard let text else { return raw("null") }
        byte("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): raw("\\\"")
            case UInt8(ascii: "\\"): raw("\\\\")
            case 0x0A: raw("\\n")
            case 0x0D: raw("\\r")
            case 0x09: raw("\\t")
            case 0..<0x20, 0x7F:
                raw("\\u00")
                let digits: StaticString = "0123456789abcdef"
                bytes.append(digits.utf8Start[Int(byte >> 4)])
                bytes.append(digits.utf8Start[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        byte("\"")
    }

    mutating func value(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let value): bool(value)
        case .number(let text): raw(contentsOf: text.utf8)
        case .string(let text): string(text)
        case .array(let elements):
            byte("[")
            for (position, element) in elements.enumerated() {
                if position > 0 { byte(",") }
                self.value(element)
            }
            byte("]")
        case .object(let object):
            byte("{")
            for (position, member) in object.members.enumerated() {
                if position > 0 { byte(",") }
                string(member.key)
                byte(":")
                self.value(member.value)
            }
            byte("}")
        }
    }
}
