internal import ZoshKit

/// Looks for a part or a pattern in a user's status, for which Zoho has two words: it is written `inactive` and shown
/// `disabled`.
enum StatusText {
    /// - Parameter finds: whether a text has the part, or fits the pattern.
    static func matches(_ value: Value, _ finds: (String) -> Bool) -> Bool {
        ValueComparison.texts(value).contains { text in
            finds(text) || UserStatus.canonical(text) == "disabled" && isWrittenWord(finds)
        }
    }

    /// Whether `inactive` is meant, rather than the `active` in it: with other letters before that it is not found.
    private static func isWrittenWord(_ finds: (String) -> Bool) -> Bool { finds("inactive") && !finds("__active") }

    static func contains(_ value: Value, _ part: Literal) -> Bool {
        ValueComparison.texts(part.value).contains { part in
            let folded = part.lowercased()
            return matches(value) { $0.lowercased().contains(folded) }
        }
    }
}
