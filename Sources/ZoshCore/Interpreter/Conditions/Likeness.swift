internal import ZoshKit

/// When two values are the same to a person: an object with a name is its name, and an e-mail address is the same in
/// any case. Where `==`, `join`, `unique` and `group` agree.
enum Likeness {
    /// The text as it is compared for equality.
    static func folded(_ text: String) -> String {
        if isEmailAddress(text) { return EmailAddress.folded(text) }
        // Spaces are copied with an address; no part of it has any.
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        let trimmed = text.trimmedOfUnseen
        return isEmailAddress(trimmed) ? EmailAddress.folded(trimmed) : text
    }

    /// Whether the text has the shape of an e-mail address; Zoho compares those without regard to case.
    static func isEmailAddress(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count > 2, let at = bytes.firstIndex(of: UInt8(ascii: "@")), at > 0, at < bytes.count - 1 else {
                return false
            }
            return !bytes[(at + 1)...].contains(UInt8(ascii: "@"))
                && !bytes.contains { $0 <= 0x20 || $0 == UInt8(ascii: ",") }
        }
    }

    /// Everything a value can be named by: an object by its name, its id and its e-mail address, a list by each of its
    /// elements. Empty for what is nothing.
    static func names(_ value: Value) -> [String] {
        switch value {
        case .null: return []
        case .list(let elements): return elements.flatMap(names)
        case .row(let row):
            let names = ["name", "id", "email"].compactMap { row[$0] }.filter {
                !$0.isNull && $0.row == nil && $0.list == nil
            }
            return names.isEmpty ? [value.text] : names.map { folded($0.text) }
        case .bool, .integer, .decimal, .string:
            let text = value.text
            return text.isEmpty ? [] : [folded(text)]
        }
    }

    /// The value that stands for all values alike: what `unique` and `group` compare exactly.
    static func key(_ value: Value) -> Value {
        switch value {
        case .string(let text): .string(folded(text))
        case .row(let row): row.string("name").map { .string(folded($0)) } ?? value
        case .list(let elements): .list(elements.map(key))
        case .null, .bool, .integer, .decimal: value
        }
    }
}
