internal import ZoshKit

/// A compiled regular expression. Not `Sendable`, as `Regex` is not: each stage compiles its own.
///
/// The dialect is Swift's `Regex`, which checks what is written; matched is it by a machine whose work is bounded.
struct Pattern {
    /// A pattern is typed by a person; a longer one could exhaust the compiler's stack.
    static let longest = 500

    private let machine: PatternMachine

    /// - Parameter foldsCase: whether letters match in any case; `(?-i)` in the pattern wins.
    init(_ literal: Literal, foldsCase: Bool = false) throws(ZoshError) {
        let text = literal.value.text
        guard text.unicodeScalars.count <= Self.longest else {
            throw ZoshError(
                .usage, "this pattern is longer than \(Self.longest) characters", at: literal.span,
                remedy: "split it into several conditions")
        }
        do {
            _ = try Regex(text)
            machine = try PatternMachine(PatternProgram(PatternParser.parse(text, foldsCase: foldsCase)))
        } catch let unsupported as PatternParser.Unsupported {
            throw ZoshError(
                .usage, "\(unsupported.what) is not supported in a pattern", at: literal.span,
                remedy: "use several conditions: NAME ~ 'one' and NAME !~ 'other'")
        } catch is PatternProgram.TooLarge {
            throw ZoshError(
                .usage, "this pattern repeats too much", at: literal.span, remedy: "use smaller numbers between { and }"
            )
        } catch {
            throw ZoshError(
                .usage, "invalid pattern: \(error)", at: literal.span,
                remedy: "quote it, and put a backslash before a literal ( [ . * + ?")
        }
    }

    /// Whether it is found somewhere in the text. False also when it was interrupted, which `PatternWatch` knows.
    func matches(_ text: String) -> Bool {
        var start: ContinuousClock.Instant?
        return (try? machine.finds(in: text) { try PatternWatch.current?.look(since: &start) }) ?? false
    }
}

/// Patterns already found to be good: a script of a thousand lines has few, and compiling one costs more than all else
/// about its line. Belongs to one check of one text.
final class KnownPatterns {
    private var good: Set<String> = []

    /// - Throws: `ZoshError.usage` when the text is not a pattern.
    func check(_ literal: Literal) throws(ZoshError) {
        guard !good.contains(literal.value.text) else { return }
        _ = try Pattern(literal)
        good.insert(literal.value.text)
    }
}
