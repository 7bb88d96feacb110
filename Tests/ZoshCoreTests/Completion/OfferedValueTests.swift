import Testing
import ZoshCore
import ZoshKit

@Suite("Values a command offers itself")
struct OfferedValueTests {
    private struct Greet: Command {
        let signature = Signature("greet", "Say hello", effect: .local) {
            Argument("tone", .string, "How")
            Option("terms", .list(.string), "Which")
            Option("to", .role, "Whom")
        }

        func candidates(for parameter: Parameter) -> [OfferedValue]? {
            switch parameter.name {
            case "tone": [OfferedValue("warm", "as a friend"), OfferedValue("very wry"), OfferedValue("bad\u{1B}[2J")]
            case "terms": [OfferedValue("hi"), OfferedValue("ho")]
            default: nil
            }
        }

        func run(_ call: Call, in shell: ShellContext) async throws -> RowStream { .none }
    }

    private struct Manners: ShellModule {
        let name = "manners"
        let summary = "Manners"
        let commands: [any Command] = [Greet()]
    }

    private func answer(_ text: String) throws -> [CompletionCandidate] {
        let around = CompletionSurroundings(directory: PublishedDirectory(CompletionRig.snapshot))
        return try Completer(CommandRegistry([Manners()]), around).answer(text, cursor: text.unicodeScalars.count)
            .candidates
    }

    @Test("They stand where the type of a parameter would, quoted, neutral and with what they mean")
    func candidates() throws {
        #expect(try answer("greet w").map(\.insertion) == ["warm "])
        #expect(try answer("greet v").map(\.insertion) == ["'very wry' "])
        #expect(try answer("greet w").first?.description == "as a friend")
        #expect(try answer("greet warm terms=hi,h").map(\.insertion) == ["ho"])
        #expect(try answer("greet warm to=CE").map(\.insertion) == ["CEO "])
        #expect(try answer("greet b").isEmpty)
    }
}
