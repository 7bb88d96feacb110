import ZoshKit

/// What was meant by words of a change that are neither users nor fields: values with blanks, and blanks around `=`.
enum MisplacedWords {
    /// The remedy when a word that names no user stands behind `field=value`, as `York` in `city=New York`.
    static func remedy(for call: Call, missing text: String) -> String? {
        let words = call.values("user")
        guard let index = words.firstIndex(where: { $0.text == text }) else { return nil }
        let word = words[index]
        guard let field = call.fields.first(where: { $0.span.upper + 1 == word.span.lower }) else { return nil }
        if field.value.text.isEmpty { return "no blanks around =: \(field.name)=\(word.text)" }
        var value = [field.value.text, word.text]
        var end = word.span.upper
        for next in words[(index + 1)...] {
            guard next.span.lower == end + 1, next.value.row == nil, !next.text.contains("@") else { break }
            value.append(next.text)
            end = next.span.upper
        }
        return "quote it: \(field.name)=\(quoted(value.joined(separator: " ")))"
    }

    /// The remedy when `=` stands apart, as in `City = Bonn`.
    static func remedy(forSignIn words: [BoundValue]) -> String? {
        guard let index = words.firstIndex(where: { $0.text.hasPrefix("=") }), index > 0 else { return nil }
        let name = words[index - 1].text
        let rest = words[index].text.dropFirst()
        let value = rest.isEmpty ? words.dropFirst(index + 1).first?.text : String(rest)
        return "no blanks around =: \(name)=\(value.map { $0.contains(" ") ? quoted($0) : $0 } ?? "…")"
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.map { "\"\\$".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
    }
}
