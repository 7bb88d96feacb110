internal import ZoshKit

/// An apostrophe before cells that a spreadsheet would change or run: formulas, ids, numbers and dates kept as text.
///
/// What is guarded and what is not are told apart by one rule, which the reader knows too: an apostrophe is taken off
/// exactly where what follows it is in danger. A cell that already begins with such an apostrophe gets a second one, in
/// every mode, so that it comes back as it was.
enum SpreadsheetGuard {
    /// The text of a cell.
    /// - Parameter isOn: whether it is written for a spreadsheet.
    static func text(_ value: Value, isOn: Bool) -> String {
        let text = value.text
        switch value {
        case .string: return isInDanger(text) && (isOn || text.utf8.first == apostrophe) ? "'" + text : text
        case .integer, .decimal: return isOn && text.utf8.count { isDigit($0) } > digitsKept ? "'" + text : text
        case .null, .bool, .list, .row: return text
        }
    }

    /// What was written, out of a cell that was read.
    static func removed(from text: String) -> String {
        text.utf8.first == apostrophe && isInDanger(text) ? String(text.dropFirstScalar) : text
    }

    /// Whether a spreadsheet shows or keeps something else than this text; apostrophes before it make no difference.
    private static func isInDanger(_ text: String) -> Bool {
        let bare = text.utf8.drop { $0 == apostrophe }
        guard let first = bare.first else { return false }
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
            UInt8(ascii: "\r"):
            return true
        default: return isNumber(bare)
        }
    }

    /// Whether a spreadsheet takes it for a number, a date or a time and would write it differently: every such text
    /// but a plain number of few digits.
    private static func isNumber(_ text: Substring.UTF8View) -> Bool {
        guard text.contains(where: isDigit) else { return false }
        if text.allSatisfy(isDigit) {
            return text.count > digitsKept || text.count > 1 && text.first == UInt8(ascii: "0")
        }
        guard text.count <= longestNumber else { return false }
        let letters = text.filter { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
        guard
            text.allSatisfy({
                isDigit($0) || signs.contains($0)
                    || ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
            })
        else { return false }
        let word = String(decoding: letters, as: UTF8.self).lowercased()
        return word.isEmpty || word == "e" || word == "am" || word == "pm" || months.contains { word.hasPrefix($0) }
    }

    private static let apostrophe = UInt8(ascii: "'")
    /// A spreadsheet keeps so many digits of a number.
    private static let digitsKept = 15
    private static let longestNumber = 40
    private static let signs = Set(".,-/: +%()".utf8)
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension String {
    /// Without its first scalar, whatever combines with it.
    fileprivate var dropFirstScalar: Substring.UnicodeScalarView { unicodeScalars.dropFirst() }
}
