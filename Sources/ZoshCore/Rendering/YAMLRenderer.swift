internal import ZoshKit

/// Writes a YAML list of mappings, fields in the order the rows hold them, a page at a time.
///
/// A separate emitter, because it must stream and keep order, and because every string that any YAML 1.1 or 1.2
/// reader could take for something else (ids, dates, `no`) must be quoted. Quoted strings use the escapes that JSON
/// and YAML share. No rows give `[]`.
struct YAMLRenderer: Renderer {
    func render(_ stream: RowStream, to sink: any ByteSink, for target: OutputTarget) async throws {
        var isEmpty = true
        while let batch = try await stream.next() {
            isEmpty = false
            var text = ""
            for row in batch.rows { YAMLText.append(.row(row), to: &text, depth: 0, isTerminal: target.isTerminal) }
            try await sink.write(Array(text.utf8))
        }
        if isEmpty { try await sink.write(Array("[]\n".utf8)) }
    }
}

/// Values as block YAML.
enum YAMLText {
    /// Appends `value` as one element of a list at `depth`, its line end included.
    static func append(_ value: Value, to text: inout String, depth: Int, isTerminal: Bool) {
        text += String(repeating: "  ", count: depth) + "-"
        switch value {
        case .row(let row) where row.count > 0:
            text += " "
            append(fields: row, to: &text, depth: depth + 1, isContinued: true, isTerminal: isTerminal)
        case .list(let values) where !values.isEmpty:
            text += "\n"
            for element in values { append(element, to: &text, depth: depth + 1, isTerminal: isTerminal) }
        default:
            text += " " + scalar(value, isTerminal: isTerminal) + "\n"
        }
    }

    /// - Parameter isContinued: whether the first field continues the line that is already begun.
    private static func append(fields row: Row, to text: inout String, depth: Int, isContinued: Bool, isTerminal: Bool)
    {
        for (index, (name, value)) in row.fields.enumerated() {
            if index > 0 || !isContinued { text += String(repeating: "  ", count: depth) }
            text += string(name, isTerminal: isTerminal) + ":"
            switch value {
            case .row(let nested) where nested.count > 0:
                text += "\n"
                append(fields: nested, to: &text, depth: depth + 1, isContinued: false, isTerminal: isTerminal)
            case .list(let values) where !values.isEmpty:
                text += "\n"
                for element in values { append(element, to: &text, depth: depth + 1, isTerminal: isTerminal) }
            default:
                text += " " + scalar(value, isTerminal: isTerminal) + "\n"
            }
        }
    }

    private static func scalar(_ value: Value, isTerminal: Bool) -> String {
        switch value {
        case .null: "null"
        case .list: "[]"
        case .row: "{}"
        case .string(let text): string(text, isTerminal: isTerminal)
        case .bool, .integer, .decimal: value.text
        }
    }

    /// Words that some YAML reader takes for a boolean or a null.
    private static let reserved: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]

    static func string(_ text: String, isTerminal: Bool) -> String {
        let isPlain =
            text.utf8.first.map { isLetter($0) } == true
            && text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || " ./@+-".utf8.contains($0) }
            && text.utf8.last != UInt8(ascii: " ") && !reserved.contains(text.lowercased())
        return isPlain ? text : quoted(text, isTerminal: isTerminal)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
    }

    private static func quoted(_ text: String, isTerminal: Bool) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where isUnprintable(scalar) || (isTerminal && scalar.isHostileToTerminals):
                quoted += escape(scalar)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// What YAML 1.2 section 5.1 leaves out of its printable set, and the line breaks of YAML 1.1.
    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16)
        let (letter, digits) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        return "\\" + letter + String(repeating: "0", count: digits - hex.utf8.count) + hex
    }
}
