internal import ZoshKit

/// A value as bytes whose order is the order of `sort`: numbers, then dates, then text without regard to case, then the
/// rest, then nothing. An object counts as its name, a list as its elements one after the other.
///
/// The kinds come one after another because mixing them has no order: 2 < 10 as numbers, "10" < "1a" < "2" as text.
/// Comparing bytes costs a fraction of comparing values, and bytes can be spilled. No key is the beginning of another,
/// so that keys can stand one after the other and be turned round for a descending order.
enum SortKey {
    private enum Kind: UInt8 {
        case number = 1
        case date, text, other
        case nothing = 0xFF
    }

    /// - Parameter descends: turns the order round; nothing comes last all the same.
    static func append(_ value: Value, descends: Bool, _ dates: DateReader, to bytes: inout [UInt8]) {
        let start = bytes.count
        switch value {
        case .null: bytes.append(Kind.nothing.rawValue)
        case .integer(let number): append(.whole(number), .number, to: &bytes)
        case .decimal(let text), .string(let text):
            if let number = Number(value) {
                append(number, .number, to: &bytes)
            } else if let instant = dates.instant(of: text) {
                append(.whole(instant), .date, to: &bytes)
            } else {
                bytes.append(Kind.text.rawValue)
                append(folded: text, to: &bytes)
                append(text, to: &bytes)
            }
        case .row(let row) where row.string("name") != nil:
            return append(row["name"] ?? .null, descends: descends, dates, to: &bytes)
        case .list(let elements) where !elements.isEmpty:
            return append(
                elements.count == 1 ? elements[0] : .string(value.shownText), descends: descends, dates, to: &bytes)
        case .bool, .list, .row:
            bytes.append(Kind.other.rawValue)
            append(value.text, to: &bytes)
        }
        guard descends, !value.isNull else { return }
        for index in start..<bytes.count { bytes[index] = ~bytes[index] }
    }

    /// As `Double` first, so that whole numbers and fractions mix, then exactly.
    private static func append(_ number: Number, _ kind: Kind, to bytes: inout [UInt8]) {
        bytes.append(kind.rawValue)
        let approximate: Double
        let exact: Int64
        switch number {
        case .whole(let whole): (approximate, exact) = (Double(whole), whole)
        // Zero once: -0.0 is the same number.
        case .fraction(let fraction):
            (approximate, exact) = (fraction == 0 ? 0 : fraction, Int64(exactly: fraction.rounded(.down)) ?? 0)
        }
        let bits = approximate.bitPattern
        append(bits >> 63 == 1 ? ~bits : bits | 1 << 63, to: &bytes)
        append(UInt64(bitPattern: exact) ^ 1 << 63, to: &bytes)
    }

    static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private static func append(folded text: String, to bytes: inout [UInt8]) {
        guard text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0 }) else { return append(text.lowercased(), to: &bytes) }
        for byte in text.utf8 { bytes.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) }
        bytes.append(contentsOf: [0, 0])
    }

    /// The text and its end. A zero inside is followed by 0xFF, so that the end comes before everything.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { utf8 in
            if utf8.contains(0) {
                for byte in utf8 {
                    bytes.append(byte)
                    if byte == 0 { bytes.append(0xFF) }
                }
            } else {
                bytes.append(contentsOf: utf8)
            }
        }
        bytes.append(contentsOf: [0, 0])
    }
}
