internal import ZoshKit

/// Suggests a command for an unknown word: first by another tool's word for it, since that is spelt as intended, then
/// by the nearest spelling.
extension CommandRegistry {
    func suggestion(for word: String, after path: [String], _ node: Node, words: [String], isPiped: Bool) -> String? {
        if path.isEmpty {
            if let swapped = swapped(words) { return Self.question([swapped]) }
            if let remedy = Synonyms.remedy(for: word) { return remedy }
            let meant = commands(for: word, isPiped: isPiped)
            if !meant.isEmpty { return Self.question(meant) }
        }
        let ours = Synonyms.of(word).first { node.children[$0] != nil }
        guard let name = ours ?? Suggestion.nearest(to: word, among: node.children.keys.sorted()) else { return nil }
        return Self.question([(path + [name]).joined(separator: " ")])
    }

    private static func question(_ commands: [String]) -> String {
        "did you mean \(either(commands.map { "'\($0)'" }))?"
    }

    /// `list users`, `delete user`, `show roles`: the verb before the noun.
    private func swapped(_ words: [String]) -> String? {
        guard words.count > 1 else { return nil }
        let (verb, noun) = (words[0].lowercased(), words[1].lowercased())
        guard let group = [noun, noun + "s"].first(where: { root.children[$0]?.children.isEmpty == false }) else {
            return nil
        }
        let verbs = [verb] + Synonyms.of(verb)
        return verbs.first { entry(at: [group, $0]) != nil }.map { "\(group) \($0)" }
    }

    /// Our commands for another tool's word, or for the last word of one of ours (`lookup`).
    private func commands(for word: String, isPiped: Bool) -> [String] {
        func fits(_ entry: Entry) -> Bool {
            isPiped ? entry.signature.input != .none : entry.signature.input != .required
        }
        let known = Synonyms.commands(for: word).filter { name in
            entry(at: name.split(separator: " ").map(String.init)) != nil
        }
        let fitting = known.filter { name in entry(at: name.split(separator: " ").map(String.init)).map(fits) ?? false }
        if !fitting.isEmpty { return Array(fitting.prefix(2)) }
        let named = entries.filter { $0.signature.path.count > 1 && $0.signature.path.last == word }
        if let entry = named.first(where: fits) ?? named.first { return [entry.signature.name] }
        return Array(known.prefix(1))
    }
}
