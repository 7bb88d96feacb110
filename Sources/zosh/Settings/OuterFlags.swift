/// The outer flags that people write behind the command: `zosh users list --format json`.
///
/// Everything behind the first plain word is captured verbatim, because it belongs to zosh's own language. These few
/// are options of no command (but for the files' own `--format`), so wherever they stand they can only mean zosh
/// itself.
enum OuterFlags {
    private static let flags: Set<String> = ["--no-color", "--trace", "--read-only"]
    private static let options: Set<String> = ["--format", "--connection"]
    /// What has its own `--format`.
    private static let fileCommands: Set<String> = ["open", "save"]

    /// The same command line with the outer flags among `words` put before them.
    ///
    /// - Parameters:
    ///   - line: The arguments, without the program's name.
    ///   - words: The end of `line` that was captured verbatim.
    ///   - isCommand: Whether they are a command, not what a script is given.
    static func hoisted(_ line: [String], words: [String], isCommand: Bool) -> [String] {
        var outer: [String] = []
        var inner: [String] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                inner.append(word)
                inner += rest
                break
            }
            let name = String(word.prefix { $0 != "=" })
            if fileCommands.contains(words[0]) {
                inner.append(word)
            } else if flags.contains(word) || (options.contains(name) && name != word) {
                outer.append(word)
            } else if options.contains(word), let value = rest.popFirst() {
                outer += [word, value]
            } else {
                inner.append(word)
            }
        }
        return line.dropLast(words.count) + outer + (isCommand ? asking(inner) : inner)
    }

    /// `zosh users list --help` asks what `zosh help users list` does.
    private static func asking(_ words: [String]) -> [String] {
        guard words.count > 1, words.dropFirst().contains(where: { $0 == "--help" || $0 == "-h" }) else { return words }
        return ["help"] + words.prefix { !$0.hasPrefix("-") && !$0.contains("=") }
    }
}
