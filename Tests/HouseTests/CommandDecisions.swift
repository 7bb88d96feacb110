import Foundation

/// Finds where code asks for a command by its name instead of for a fact of its signature.
///
/// A name of several words means nothing but the command, so a text that is such a name is found wherever it stands,
/// unless it is a signature's own or a remedy. A name of one word is an English word as well (`count`, `on`), so it is
/// found where something is decided: in a comparison, in a pattern, in a search and in a list of texts.
struct CommandDecisions {
    struct Finding: Hashable {
        let line: Int
        let name: String
    }

    private let names: Set<String>
    private let words: Set<String>
    private let literal: Regex<AnyRegexOutput>
    private let own: Regex<AnyRegexOutput>
    private let decisions: [Regex<AnyRegexOutput>]

    init(names: Set<String>, groups: Set<String>) throws {
        self.names = names.filter { $0.contains(" ") }
        words = names.filter { !$0.contains(" ") }.union(groups)
        let text = #""[^"\\\n]*""#
        literal = try Self.regex(text)
        // `Signature("use"`, `aliases: ["quit"]`, `Example("jobs list"`, `remedy: "auth login"`.
        own = try Self.regex(#"\b(?:Signature\(\s*|Example\(\s*|remedy\b[^\n]*)"[^"\n]*"|\baliases: \[[^\]]*\]"#)
        decisions = try [
            #"(?:==|!=|~=)\s*\[?\#(text)|\#(text)\s*(?:==|!=)"#,
            #"\b(?:contains|hasPrefix|hasSuffix|starts|firstIndex|lastIndex)\((?:of: |with: )?\[?\#(text)"#,
            #"\bcase (?:\.\w+\()?\#(text)(?:\)?,\s*(?:\.\w+\()?\#(text))*"#,
            // A list, and not a subscript.
            #"(?:^|[^\w\])?!"])\[\s*\#(text)(?:\s*,\s*\#(text))*\s*,?\s*\]"#,
        ].map(Self.regex)
    }

    func findings(in text: String) -> [Finding] {
        let code = blanked(text)
        var found: Set<Finding> = []
        func add(_ part: Substring, _ known: Set<String>) {
            for literal in part.matches(of: literal) {
                let name = part[literal.range].dropFirst().dropLast().trimmingCharacters(in: .whitespaces)
                guard known.contains(name) else { continue }
                found.insert(Finding(line: code[..<literal.range.lowerBound].count { $0.isNewline } + 1, name: name))
            }
        }
        add(code[...], names)
        for decision in decisions { for match in code.matches(of: decision) { add(code[match.range], words) } }
        return found.sorted { ($0.line, $0.name) < ($1.line, $1.name) }
    }

    /// The code without comments and without the texts that may name a command; every line keeps its number.
    private func blanked(_ text: String) -> String {
        let code = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.drop { $0 == " " }.hasPrefix("//") ? "" : line
        }.joined(separator: "\n")
        return code.replacing(own) { match in String(code[match.range].filter(\.isNewline)) }
    }

    private static func regex(_ pattern: String) throws -> Regex<AnyRegexOutput> {
        try Regex(pattern).wordBoundaryKind(.simple)
    }
}
