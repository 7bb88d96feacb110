internal import ZoshKit

/// What a line says about the questions its changes would ask, found by its words alone.
public enum LineFlags {
    private static let answers: Set<String> = ["yes", "force", "administrators"]

    /// Whether a question is answered in the line itself: `--yes`, `--yes=yes`, `yes=on`, wherever it stands.
    public static func answersQuestions(_ line: String) -> Bool {
        words(of: line).contains { word in
            let name = word.dropping(bare: "--").map { $0.assignment?.name ?? $0.literal } ?? word.assignment?.name
            return name.map { answers.contains($0.lowercased()) } ?? false
        }
    }

    /// Whether a word of the line is this name.
    public static func names(_ name: String, in line: String) -> Bool { words(of: line).contains { $0.plain == name } }

    private static func words(of line: String) -> [Word] {
        Lexer.lex(line).tokens.compactMap { if case .word(let word) = $0.kind { word } else { nil } }
    }
}
