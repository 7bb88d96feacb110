/// Named values from a query string or a form, in the order they came.
///
/// Kept as a list since a repeated name is legal and the first one wins.
struct FormFields: Sendable, Equatable {
    private(set) var items: [(name: String, value: String)] = []

    static func == (left: FormFields, right: FormFields) -> Bool {
        left.items.elementsEqual(right.items, by: ==)
    }

    init() {}

    /// Reads `a=b&c=d`.
    init(urlEncoded text: some StringProtocol) {
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count > 1 ? Self.decode(halves[1], plusIsSpace: true) : ""
            items.append((Self.decode(halves[0], plusIsSpace: true), value))
        }
    }

    /// Reads the parts of a multipart form that carry a name; files are read as text.
    init(multipart body: [UInt8], contentType: String) {
        guard let boundary = Self.parameter("boundary", of: contentType) else { return }
        let text = String(decoding: body, as: UTF8.self)
        for part in text.split(separator: "--" + boundary) {
            guard let gap = part.firstRange(ofText: "\r\n\r\n") else { continue }
            guard let name = Self.parameter("name", of: part[..<gap.lowerBound]) else { continue }
            var value = part[gap.upperBound...]
            if value.hasSuffix("\r\n") { value = value.dropLast() }
            items.append((name, String(value)))
        }
    }

    /// The first value of that name.
    subscript(name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    /// Replaces every value of that name by one.
    mutating func set(_ name: String, to value: String) {
        items.removeAll { $0.name == name }
        items.append((name, value))
    }

    mutating func append(contentsOf other: FormFields) {
        items.append(contentsOf: other.items)
    }

    /// Undoes percent encoding; what is not valid stays as it is.
    static func decode(_ text: some StringProtocol, plusIsSpace: Bool) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") && plusIsSpace {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Percent-encodes everything outside RFC 3986's unreserved set.
    static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var encoded = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if byte < 128
                && (Character(scalar).isLetter || Character(scalar).isNumber || "-._~".unicodeScalars.contains(scalar))
            {
                encoded.unicodeScalars.append(scalar)
            } else {
                encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return encoded
    }

    private static func parameter(_ name: String, of header: some StringProtocol) -> String? {
        for piece in header.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
            let trimmed = piece.drop { $0 == " " }
            guard trimmed.hasPrefix(name + "=") else { continue }
            return String(trimmed.dropFirst(name.count + 1).filter { $0 != "\"" })
        }
        return nil
    }
}

extension StringProtocol {
    /// Where `needle` first occurs, compared by character.
    func firstRange(ofText needle: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) {
                return start..<index(start, offsetBy: needle.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
