/// A condition that stands where an argument would: `users list role~manager`.
struct StrayCondition {
    let field: String
    let comparison: String
    let value: String

    /// The longest first: `!=` begins with neither of the others, `<=` with `<`.
    private static let comparisons = ["==", "!=", "!~", "<=", ">=", "~", "<", ">"]

    /// nil when the word compares nothing.
    init?(_ text: String) {
        guard let start = text.firstIndex(where: { "=!~<>".contains($0) }), start > text.startIndex,
            let comparison = Self.comparisons.first(where: { text[start...].hasPrefix($0) })
        else { return nil }
        let value = text[start...].dropFirst(comparison.count)
        guard !value.isEmpty, text[..<start].allSatisfy({ $0.isLetter || $0 == "_" || $0 == "." }) else { return nil }
        (field, self.comparison, self.value) = (String(text[..<start]), comparison, String(value))
    }

    /// The line in which it works.
    func remedy(after command: String) -> String {
        let isPlain = value.allSatisfy { $0.isLetter || $0.isNumber || "_.-@".contains($0) }
        let quoted = isPlain ? value : "'\(value.replacing("'", with: ""))'"
        return "conditions follow a pipe: \(command) | where \(field) \(comparison) \(quoted)"
    }
}
