internal import ZoshKit

/// What the first words of a stage name.
enum Resolution {
    /// `count` words are the command's name; `path` is what they stand for, abbreviations written out.
    case command(CommandRegistry.Entry, count: Int, path: [String])
    case unknown(ZoshError)
}

extension CommandRegistry {
    /// What to do when nothing nearer can be said.
    static let overview = "help"

    /// The command the words begin with; of several the one with the longest path.
    /// - Parameters:
    ///   - words: the plain words at the head of the stage; empty when it begins with something else.
    ///   - spans: their places.
    ///   - prefixes: whether a unique beginning of a word is enough, as it is for a person at the prompt.
    ///   - isPiped: whether rows come from a stage before, so that only what takes rows is suggested.
    func resolve(_ words: [String], spans: [Span], prefixes: Bool, isPiped: Bool = false) -> Resolution {
        var node = root
        var found: (entry: Entry, count: Int, path: [String])?
        var path: [String] = []
        for (index, word) in words.enumerated() {
            guard let (name, child) = next(node, word, prefixes: prefixes && found == nil) else {
                if let found { return .command(found.entry, count: found.count, path: found.path) }
                let suggestion = suggestion(for: word, after: path, node, words: words, isPiped: isPiped)
                return .unknown(unknown(word, after: path, node, suggestion, at: spans[index], prefixes: prefixes))
            }
            path.append(name)
            node = child
            if let entry = child.entry { found = (entry, index + 1, path) }
        }
        if let found { return .command(found.entry, count: found.count, path: found.path) }
        return .unknown(unfinished(path, node, at: spans))
    }

    private func next(_ node: Node, _ word: String, prefixes: Bool) -> (String, Node)? {
        if let child = node.children[word] { return (word, child) }
        guard prefixes, !word.isEmpty else { return nil }
        let matching = node.children.filter {
            // A pager is left with q, and one typed once more means that.
            $0.key.hasPrefix(word) && $0.value.entry?.signature.states(.leaves) != true
        }
        return matching.count == 1 ? matching.first.map { ($0.key, $0.value) } : nil
    }

    private func unknown(
        _ word: String, after path: [String], _ node: Node, _ remedy: String?, at span: Span, prefixes: Bool
    ) -> ZoshError {
        let matching = prefixes && !word.isEmpty ? node.children.keys.filter { $0.hasPrefix(word) }.sorted() : []
        if matching.count > 1 {
            return ZoshError(.usage, "'\(word)' is ambiguous: \(Self.either(matching))", at: span)
        }
        guard !path.isEmpty else {
            return ZoshError(
                .usage, "there is no command '\(word)'", consequence: nil, at: span, remedy: remedy ?? Self.overview,
                fact: remedy == nil ? .unknownCommand : nil)
        }
        let group = path.joined(separator: " ")
        return ZoshError(
            .usage, "'\(group)' has no command '\(word)'", at: span,
            remedy: remedy ?? Self.either(node.children.keys.sorted().map { "\(group) \($0)" }))
    }

    private func unfinished(_ path: [String], _ node: Node, at spans: [Span]) -> ZoshError {
        guard let last = spans.last, !path.isEmpty else {
            return ZoshError(.usage, "expected a command", at: spans.last)
        }
        let group = path.joined(separator: " ")
        return ZoshError(
            .usage, "'\(group)' needs a subcommand", at: last,
            remedy: Self.either(node.children.keys.sorted().map { "\(group) \($0)" }))
    }

    /// `a, b or c`
    static func either(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "nothing" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
