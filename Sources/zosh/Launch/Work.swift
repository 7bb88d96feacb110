import ZoshKit

/// What this process was started for.
enum Work: Equatable {
    case shell
    case line(String)
    case words([String])
    case script(path: String, words: [String])
    case standardInput

    /// Whether it is what a person typed at once, of which a plan can be made.
    var isOneLine: Bool {
        switch self {
        case .line, .words: true
        case .shell, .script, .standardInput: false
        }
    }

    static let planTakesOneLine = ZoshError(
        .usage, "a plan is made of one line, not of a script or a session",
        remedy: "put --plan behind a command, or show what a script would do: replay FILE --dry-run")

    /// - Parameter inputIsTerminal: whether a person could type.
    init(_ arguments: Arguments, inputIsTerminal: Bool) {
        if let line = arguments.c {
            self = .line(line)
        } else if let path = arguments.f {
            self = .script(path: path, words: arguments.words)
        } else if let first = arguments.words.first {
            // A path, not a command: no command holds a slash or ends like a script.
            self =
                first.contains("/") || first.hasSuffix(".zosh")
                ? .script(path: first, words: Array(arguments.words.dropFirst())) : .words(arguments.words)
        } else {
            self = inputIsTerminal ? .shell : .standardInput
        }
    }
}
