/// What this process was started for.
enum Work: Equatable {
    case shell
    case line(String)
    case words([String])
    case script(path: String, words: [String])
    case standardInput

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
