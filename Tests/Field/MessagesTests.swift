import Foundation
import Testing
import ZoshTesting

/// What zosh says, all in one file, so that it can be read as a whole.
@Suite("Messages")
struct MessagesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let head = """
        # Every text of more than a word that zosh can show, by the file it stands in. `…` is what is put in while it
        # runs. Kept by MessagesTests: after a change, ZOSH_RECORD=1 swift test --filter MessagesTests writes it again.

        """

    /// The texts of everything that speaks to a person; the emulator speaks Zoho's words.
    private static func texts() throws -> [(path: String, texts: [String])] {
        let files = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
        return try files.filter { path in
            path.hasSuffix(".swift") && (path.hasPrefix("Sources/") || path.hasPrefix("Plugins/"))
                && !["Emulator", "emulator", "ZoshTesting"].contains { path.contains($0) }
        }.sorted().map { path in
            let texts = SwiftTexts(try String(contentsOf: root.appending(path: path), encoding: .utf8))
            let all = (texts.literals + texts.inner).sorted { $0.line < $1.line }.map(\.text)
            return (path, all.filter(isSaid))
        }.filter { !$0.texts.isEmpty }
    }

    /// Two words beside each other, and no statement of SQL.
    private static func isSaid(_ text: String) -> Bool {
        let statements = [
            "SELECT ", "INSERT ", "UPDATE ", "DELETE ", "CREATE ", "DROP ", "ALTER ", "PRAGMA ", "BEGIN ",
        ]
        return !statements.contains { text.hasPrefix($0) }
            && text.firstMatch(of: /[a-zA-Z…][',;:)]? [(']?[a-zA-Z…]/) != nil
    }

    @Test("docs/messages.txt lists them")
    func areListed() throws {
        let text =
            Self.head
            + (try Self.texts()).map { file in
                "\n\(file.path)\n" + file.texts.map { "  " + $0.replacing("\n", with: "\n  ") + "\n" }.joined()
            }.joined()
        if let difference = Golden.difference(of: text, from: Self.root.appending(path: "docs/messages.txt").path) {
            Issue.record(Comment(rawValue: difference))
        }
    }

    /// Patterns of a private English, and what is said in its place.
    private static let oddities = [
        (#"' is no (?!longer\b)[a-z]"#, "is not a"), (#"\bthat is no (?!longer\b)[a-z]"#, "that is not a"),
        (#"\bwhoever\b"#, "who"), (#"\banew\b"#, "again"),
        (#"\blest\b"#, "so that … not"), (#"\bis none of\b"#, "is not one of"), ("asked for twice", "listed twice"),
        ("is so already", "already set"), ("nobody can be asked", "this is not an interactive session"),
        ("must stand here", "expected"), ("has no place for", "unexpected"),
        ("needs one more word", "needs a subcommand"), ("is no code known here", "unknown error code"),
        ("may still land", "may still take effect"),
        (#"\bonce more\b"#, "again"), ("whenever nothing was done", "after"), (#"what it shall\b"#, "what to"),
        ("exclude each other", "use either … or"), (#"\bsomebody\b"#, "someone"),
        ("organization(?!_)", "organisation"),
    ]

    @Test("They are plain English")
    func arePlain() throws {
        let oddities = try Self.oddities.map { (try Regex($0.0), $0.1) }
        for (path, texts) in try Self.texts() {
            for text in texts {
                for (pattern, instead) in oddities {
                    #expect(text.lowercased().firstMatch(of: pattern) == nil, "\(path): \"\(text)\" (\(instead))")
                }
            }
        }
        #expect("'x' is no user id".firstMatch(of: oddities[0].0) != nil)
    }
}
