/// Whether a pattern or a part of a text is looked for in any case: when it has no capital letter.
enum SmartCase {
    static func folds(_ part: String) -> Bool { !part.unicodeScalars.contains { $0.properties.isUppercase } }

    /// The same of a regular expression, in which `\S` and `\p{Lu}` are not capital letters.
    static func folds(pattern: String) -> Bool {
        var rest = pattern.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar.properties.isUppercase { return false }
            guard scalar == "\\", let escaped = rest.popFirst() else { continue }
            if escaped == "p" || escaped == "P", rest.first == "{" { rest = rest.drop { $0 != "}" } }
        }
        return true
    }
}
