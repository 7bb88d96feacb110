internal import ZoshKit

/// Turns an organisation's name into what people type for its connection: `Zylker Inc.` → `zylker-inc`.
public enum ConnectionName {
    static let longest = 32

    /// A name of lower-case ASCII letters, digits and hyphens that is not taken.
    /// - Parameter fallback: used when nothing of the name survives, as with names in other scripts.
    public static func suggested(for organization: String, fallback: String = "", taken: Set<String>) -> String {
        let candidates = [organization, fallback].map(kebab)
        var base = candidates.first { !$0.isEmpty } ?? "org"
        // An organisation may be called All; a connection may not.
        if ConnectionNaming.isReserved(base) { base += "-org" }
        if !taken.contains(base) { return base }
        var number = 2
        while taken.contains("\(base)-\(number)") { number += 1 }
        return "\(base)-\(number)"
    }

    /// Whether an organisation's name would make a name that means something else.
    public static func isReserved(for organization: String) -> Bool { ConnectionNaming.isReserved(kebab(organization)) }

    static func kebab(_ text: String) -> String {
        var words = ""
        for scalar in text.unicodeScalars {
            if let letters = ascii(scalar) {
                words += letters
            } else if !scalar.properties.isGraphemeExtend, words.last != "-", !words.isEmpty {
                words += "-"
            }
        }
        var short = words.prefix(longest)
        while short.last == "-" { short.removeLast() }
        return String(short)
    }

    /// The plain letters of a scalar: itself, or the base letter in its Unicode name (`LATIN SMALL LETTER U WITH
    /// DIAERESIS`), so that `Müller` stays readable.
    private static func ascii(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "a"..."z", "0"..."9": return String(scalar)
        case "A"..."Z": return scalar.properties.lowercaseMapping
        case "ß", "ẞ": return "ss"
        default: break
        }
        let name = scalar.properties.name?.split(separator: " ") ?? []
        guard name.count >= 4, name[0] == "LATIN", name[2] == "LETTER", name[3].count <= 2 else { return nil }
        return name[3].lowercased()
    }
}
