internal import Glibc
internal import Testing

@testable internal import LineEditor

struct PromptTests {
    init() { _ = setlocale(LC_CTYPE, "C.UTF-8") }

    private func shown(_ prompt: Prompt, colors: Bool = true, ascii: Bool = false) -> String {
        PromptEncoder(colors: colors, asciiOnly: ascii).encode(prompt).text
            .replacing("\u{1}", with: "|").replacing("\u{1B}", with: "^")
    }

    static let prompts: [Prompt] = [
        Prompt("zosh> "), Prompt("zosh> ", .bold), Prompt("#", TextStyle(color: .red)),
        Prompt([.init("a", .bold), .init("b", .dim), .init("c", .bold)]),
        Prompt([.init("", .bold), .init("x", .dim), .init("", .bold), .init("> ")]),
        Prompt([
            .init("acme", TextStyle(color: .cyan)), .init(" eu"), .init("#", TextStyle(color: .red, bold: true)),
            .init("> "),
        ]),
        Prompt([.init("\u{1}\u{1B}[31m", .bold), .init("李 👩‍👩‍👧", .dim)]), Prompt(""),
    ]

    @Test(arguments: prompts)
    func `No two literals touch, none stands last, and the style ends before the line`(prompt: Prompt) {
        let text = PromptEncoder(colors: true, asciiOnly: false).encode(prompt).text
        let parts = text.split(separator: "\u{1}", omittingEmptySubsequences: false)
        #expect(parts.count % 2 == 1)
        for (index, part) in parts.enumerated() {
            if index % 2 == 1 {
                #expect(part.first == "\u{1B}")
                #expect(!parts[index + 1].isEmpty, "a literal is followed by visible text")
            } else {
                #expect(!part.contains("\u{1B}"))
            }
        }
        let styled = parts.count > 1
        #expect(!styled || parts[parts.count - 2].hasSuffix("\u{1B}[0m"))
    }

    @Test func `The width counts what is visible`() {
        let encoder = PromptEncoder(colors: true, asciiOnly: false)
        #expect(encoder.encode(Prompt([.init("李", .bold), .init("> ")])).width == 4)
        #expect(encoder.encode(Prompt("#", .bold)).width == 2)
        #expect(encoder.encode(Prompt("a\u{1B}[31mb\n")).width == 6)
    }

    @Test func `Without a UTF-8 locale the prompt is ASCII`() {
        #expect(shown(Prompt("z➤é…> "), ascii: true) == "z??~> ")
    }

    @Test func `Without colours the other attributes stay`() {
        #expect(
            shown(Prompt([.init("a", TextStyle(color: .red, bold: true)), .init("> ")]), colors: false)
                == "|^[1m|a|^[0m|> ")
        #expect(shown(Prompt([.init("a", TextStyle(color: .red)), .init("> ")]), colors: false) == "a> ")
    }
}
