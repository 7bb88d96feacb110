import Testing
import ZoshCore
import ZoshKit

struct ArgumentHintTests {
    static let table: [(String, String?)] = [
        ("users update ", "[‹user› …] [field=value …]"), ("users update", " [‹user› …] [field=value …]"),
        ("users update ada ", "[‹user› …] [field=value …]"),
        ("users list ", "[type=WORD] [limit=number] [role=role]"),
        ("users list limit=", "‹number›"), ("users list limit=3 type=AdminUsers role=CEO ", nil),
        ("users lookup ids=", "‹user id,…›"),
        ("users ", "‹get, list, lookup, update›"), ("use ", "‹name›"), ("use acme ", nil), ("", nil),
        ("nonsense ", nil), ("us", nil),
        ("auth login --dc ", "‹data centre›"), ("users list | where ", "‹condition›"), ("users list # ", nil),
        ("users lookup 'ada ", nil),
        ("users list type", nil), ("set edit-mode ", "‹auto, emacs, vi›"), ("set prompt ", "[value] [for=command]"),
    ]

    @Test(arguments: table)
    func `what may follow is shown`(text: String, hint: String?) throws {
        #expect(try CompletionRig.completer().hint(text) == hint)
    }

    @Test func `a hint about people says that they are being refreshed`() throws {
        let hint = try CompletionRig.completer(isRefreshing: true).hint("users update ")
        #expect(hint == "[‹user› …] [field=value …]  (updating the list of users…)")
        #expect(try CompletionRig.completer(isRefreshing: true).hint("use ") == "‹name›")
    }

    @Test func `no text traps, whatever it is cut to`() throws {
        let completer = try CompletionRig.completer()
        for text in ArgumentHintTests.table.map(\.0) + CompleterTests.table.map(\.0) {
            for length in 0...text.unicodeScalars.count {
                _ = completer.hint(String(String.UnicodeScalarView(text.unicodeScalars.prefix(length))))
            }
        }
    }

    @Test func `an alias completes as a command, where a pipeline begins`() throws {
        let completer = try CompletionRig.completer(aliases: ["admins": "users list type=AdminUsers"])
        let answer = completer.answer("adm", cursor: 3)
        #expect(answer.candidates.map(\.insertion) == ["admins "])
        #expect(answer.candidates.map(\.description) == ["users list type=AdminUsers"])
        #expect(completer.answer("users list | adm", cursor: 16).candidates.isEmpty)
    }
}
