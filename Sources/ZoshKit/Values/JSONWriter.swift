/// Writes values as JSON text, fields in the order the row holds them.
///
/// Strings are exact: only what RFC 8259 section 7 requires is escaped, plus U+2028 and U+2029 (which some readers
/// of NDJSON take for line ends) and DEL. Making text safe for a terminal is the table renderer's business.
///
/// For example `JSONWriter.text(["id": "7"])` is `{"id":"7"}`.
public struct JSONWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    private let indent: Int

    /// - Parameter indent: spaces per level; 0 writes everything on one line.
    public init(indent: Int = 0) { self.indent = indent }

    public static func text(_ value: Value, indent: Int = 0) -> String {
        var writer = JSONWriter(indent: indent)
        writer.write(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Returns the bytes written so far and forgets them, so that one writer serves a whole stream.
    public mutating func drain() -> [UInt8] {
        // Keeping the capacity of a buffer that is given away makes each next one a page larger.
        let drained = bytes
        bytes = []
        bytes.reserveCapacity(drained.count + drained.count / 8)
        return drained
    }

    public mutating func write(_ value: Value, depth: Int = 0) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .decimal(let text): bytes.append(contentsOf: text.utf8)
        case .string(let text): write(string: text)
        case .list(let values):
            enclose("[", "]", values.isEmpty, depth) { writer in
                for (index, element) in values.enumerated() {
                    writer.separate(index, depth + 1)
                    writer.write(element, depth: depth + 1)
                }
            }
        case .row(let row): write(row, depth: depth)
        }
    }

    public mutating func write(_ row: Row, depth: Int = 0) {
        if indent == 0, let written = row.append(to: &bytes) {
            guard written < row.count else { return }
            bytes.removeLast()
            write(row, from: written, depth)
            bytes.append(UInt8(ascii: "}"))
            return
        }
        enclose("{", "}", row.count == 0, depth) { writer in writer.write(row, from: 0, depth) }
    }

    /// The fields of a row from this place on.
    private mutating func write(_ row: Row, from first: Int, _ depth: Int) {
        for (index, name) in row.names.enumerated().dropFirst(first) {
            separate(index, depth + 1)
            write(string: name)
            bytes.append(UInt8(ascii: ":"))
            if indent > 0 { bytes.append(UInt8(ascii: " ")) }
            if !row.append(index, ifScalar: indent > 0, to: &bytes) { write(row.value(at: index), depth: depth + 1) }
        }
    }

    public mutating func write(raw text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func enclose(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ isEmpty: Bool, _ depth: Int,
        _ body: (inout JSONWriter) -> Void
    ) {
        bytes.append(UInt8(ascii: open))
        body(&self)
        if !isEmpty { breakLine(depth) }
        bytes.append(UInt8(ascii: close))
    }

    private mutating func separate(_ index: Int, _ depth: Int) {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        breakLine(depth)
    }

    private mutating func breakLine(_ depth: Int) {
        guard indent > 0 else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * depth))
    }

    public mutating func write(string text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var clean = utf8.startIndex
            for index in utf8.indices {
                let byte = utf8[index]
                let escape: String
                switch byte {
                case UInt8(ascii: "\""): escape = "\\\""
                case UInt8(ascii: "\\"): escape = "\\\\"
                case 0x0A: escape = "\\n"
                case 0x0D: escape = "\\r"
                case 0x09: escape = "\\t"
                case 0..<0x20, 0x7F: escape = "\\u00" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
                case 0xE2
                where index + 2 < utf8.endIndex && utf8[index + 1] == 0x80 && (utf8[index + 2] & 0xFE) == 0xA8:
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean..<index]))
                    bytes.append(contentsOf: (utf8[index + 2] == 0xA8 ? "\\u2028" : "\\u2029").utf8)
                    clean = index + 3
                    continue
                default: continue
                }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean..<index]))
                bytes.append(contentsOf: escape.utf8)
                clean = index + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
