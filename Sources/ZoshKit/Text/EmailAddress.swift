/// Whether a text is an e-mail address as Zoho takes one, and how two of them compare.
///
/// For example `EmailAddress.isValid("ada@example")` is false.
public enum EmailAddress {
    /// The longest address Zoho stores (Add User documentation, v8).
    public static let longest = 100

    /// One `@` with something before it and a domain with a dot behind it; no blank, no control character, no bracket.
    public static func isValid(_ text: String) -> Bool {
        guard text.count <= longest else { return false }
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, halves[1].contains("."), !halves[1].hasPrefix("."),
            !halves[1].hasSuffix(".")
        else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
                && scalar.properties.generalCategory != .format && !"<>()[],;:\\\"".unicodeScalars.contains(scalar)
        }
    }

    /// An address as it is compared: Zoho tells none apart by case.
    public static func folded(_ text: String) -> String { text.lowercased() }
}
