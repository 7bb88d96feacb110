internal import Glibc
internal import LineEditor
internal import Synchronization

/// A language small enough to predict: open brackets continue, a few words complete.
final class ToyLanguage: Editor.Delegate {
    private let name = Mutex("host")
    private let haveArrived = Mutex(false)

    func rename(_ new: String) {
        name.withLock { $0 = new }
    }

    /// Words that begin with `late` are known from now on.
    func arrive() { haveArrived.withLock { $0 = true } }

    func prompt() -> Prompt {
        if let text = getenv("HOST_PROMPT") { return Prompt(String(cString: text)) }
        return standardPrompt
    }

    func prompt(in state: ViState?) -> Prompt {
        guard getenv("HOST_SHOWS_MODE") != nil, let state else { return prompt() }
        return Prompt([Prompt.Span(state == .insert ? "i " : "c ")] + prompt().spans)
    }

    func mistake(in text: String) -> Range<Int>? { text.hasPrefix("wrong ") ? 0..<5 : nil }

    func openPart(of text: String) -> String? { "a bracket is open" }

    private var standardPrompt: Prompt {
        Prompt([Prompt.Span(name.withLock { $0 }, TextStyle(color: .cyan)), Prompt.Span("> ")])
    }

    func isComplete(_ text: String) -> Bool {
        text.filter { $0 == "(" }.count <= text.filter { $0 == ")" }.count
    }

    func settings() -> EditorSettings {
        EditorSettings(
            mode: getenv("HOST_MODE").flatMap { EditorSettings.Mode(rawValue: String(cString: $0)) },
            isAccessible: getenv("HOST_ACCESSIBLE") != nil,
            commands: getenv("HOST_BIND").map { [["bind", String(cString: $0), "zosh-up"]] } ?? [])
    }

    func suggestion(for text: String) -> Hint? {
        switch text {
        case "users update ": Hint("‹user› [field=value …]", isInsertable: false)
        default: nil
        }
    }

    func completions(_ text: String, cursor: Int) -> Completions {
        let before = Array(text.unicodeScalars.prefix(cursor))
        let start = before.lastIndex(of: " ").map { $0 + 1 } ?? 0
        let word = String(String.UnicodeScalarView(before[start...]))
        if word.hasPrefix("late"), !haveArrived.withLock({ $0 }) {
            return Completions(range: start..<cursor, candidates: [], note: "on their way", isAwaited: true)
        }
        let matches = Self.words.filter { $0.insertion.hasPrefix(word) }
        let many = word.hasPrefix("many") ? Self.many : []
        return Completions(
            range: start..<cursor, candidates: matches + many, note: matches.count > 1 ? "as of just now" : nil,
            isPartial: word == "lat")
    }

    private static let words = [
        Candidate(insertion: "users ", display: "users", description: "People of the organisation", kind: "command"),
        Candidate(insertion: "usage ", display: "usage", description: "What was used", kind: "command"),
        Candidate(insertion: "later ", display: "later", description: "Afterwards", kind: "command"),
        Candidate(insertion: "latest ", display: "latest", description: "After all", kind: "command"),
        Candidate(insertion: "orgs ", display: "orgs", description: "Organisations", kind: "command"),
        Candidate(insertion: "type=AdminUsers ", display: "AdminUsers", description: "Administrators", kind: "value"),
        Candidate(insertion: "type=ActiveUsers ", display: "ActiveUsers", description: "Active", kind: "value"),
        Candidate(insertion: "'Łukasz 李' ", display: "Łukasz 李", description: "A name", kind: "user"),
    ]

    private static let many = (1...60).map { number in
        Candidate(
            insertion: "many-\(number) ", display: "many-\(number)", description: "Number \(number)", kind: "number")
    }
}
