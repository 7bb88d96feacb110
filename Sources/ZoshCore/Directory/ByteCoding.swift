/// Writes numbers and texts as compact bytes: LEB128 numbers, length-prefixed UTF-8.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            write(UInt64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }
}

/// Reads what `ByteWriter` wrote; anything else is an error, never a trap.
struct ByteReader {
    struct Malformed: Error {}

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number() throws -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < bytes.count else { throw Malformed() }
            let byte = bytes[position]
            position += 1
            // The tenth byte holds one bit.
            guard shift < 63 || byte <= 1 else { throw Malformed() }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        throw Malformed()
    }

    /// A number that counts or points at things, at most `limit`.
    mutating func count(atMost limit: Int) throws -> Int {
        let number = try number()
        guard number <= UInt64(limit) else { throw Malformed() }
        return Int(number)
    }

    mutating func text() throws -> String {
        let length = try count(atMost: bytes.count)
        guard length <= bytes.count - position else { throw Malformed() }
        defer { position += length }
        return bytes.withUnsafeBufferPointer {
            String(decoding: UnsafeBufferPointer(rebasing: $0[position..<position + length]), as: UTF8.self)
        }
    }
}
