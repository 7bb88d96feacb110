internal import ZoshKit

/// A compiled regular expression. Not `Sendable`, as `Regex` is not: each stage compiles its own.
struct Pattern {
    /// A pattern is typed by a person; a longer one could exhaust the compiler's stack.
    static let longest = 500

    private let regex: Regex<AnyRegexOutput>

    /// - Parameter foldsCase: whether letters match in any case; `(?-i)` in the pattern wins.
    init(_ literal: Literal, foldsCase: Bool = false) throws(ZoshError) {
        let text = literal.value.text
        guard text.unicodeScalars.count <= Self.longest else {
            throw ZoshError(.usage, "this pattern is longer than \(Self.longest) characters", at: literal.span)
        }
        do {
            let exact = try Regex(text)
            regex = foldsCase ? exact.ignoresCase() : exact
        } catch {
            throw ZoshError(
                .usage, "invalid pattern: \(error)", at: literal.span,
                remedy: "quote it, and put a backslash before a literal ( [ . * + ?")
        }
    }

    func matches(_ text: String) -> Bool { (try? regex.firstMatch(in: text)) != nil }
}

/// Patterns already found to be good: a script of a thousand lines has few, and compiling one costs more than all else
/// about its line. Belongs to one check of one text.
final class KnownPatterns {
    private var good: Set<String> = []

    /// - Throws: `ZoshError.usage` when the text is no pattern.
    func check(_ literal: Literal) throws(ZoshError) {
        guard !good.contains(literal.value.text) else { return }
        _ = try Pattern(literal)
        good.insert(literal.value.text)
    }
}
