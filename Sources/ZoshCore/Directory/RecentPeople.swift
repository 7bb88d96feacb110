internal import ZoshKit

/// Who was named lately, found in the lines typed before.
///
/// The history is the memory: what it forgets, and what never entered it, is not remembered here either.
public enum RecentPeople {
    /// Lines looked at, the newest ones.
    public static let lines = 300
    /// A person named before so many others is not recent.
    private static let most = 50

    /// Ids of people of the directory, the latest first.
    /// - Parameters:
    ///   - history: oldest first.
    ///   - directory: with its index; without one the result is empty.
    public static func ids(in history: [String], of directory: PublishedDirectory) -> [String] {
        guard let index = directory.index, !directory.snapshot.people.isEmpty else { return [] }
        var seen: Set<String> = []
        var ids: [String] = []
        for line in history.suffix(lines).reversed() {
            for name in names(in: line) {
                // A name that several people share is skipped.
                guard case let people = index.people(matching: name), people.count == 1,
                    seen.insert(people[0].id).inserted
                else { continue }
                ids.append(people[0].id)
                if ids.count == most { return ids }
            }
        }
        return ids
    }

    /// Everything in a line that could be a person: words and values, lists taken apart.
    private static func names(in line: String) -> [String] {
        guard line.utf8.count < 65_536 else { return [] }
        return Lexer.lex(line).tokens.flatMap { token -> [String] in
            guard case .word(let word) = token.kind else { return [] }
            let text = word.assignment?.value.literal ?? word.literal ?? ""
            return text.split(separator: ",").map(String.init)
        }
    }
}
