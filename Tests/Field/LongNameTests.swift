import Testing
import ZoshKit

@testable import ZoshCore

/// A stranger's name takes a line, whatever it is made of.
@Suite("Names of any length")
struct LongNameTests {
    static let names: [String] = [
        String(repeating: "a", count: 100_000), "e" + String(repeating: "\u{301}", count: 100_000),
        String(repeating: "李", count: 50_000),
        "👩" + String(repeating: "\u{200D}👩", count: 20_000), "ᄀ" + String(repeating: "\u{1161}", count: 50_000),
        String(repeating: "a\u{300}\u{301}\u{302}", count: 30_000), "\u{202E}" + String(repeating: "x", count: 100_000),
    ]

    @Test("In a sentence it is as long as it may be, and what follows is still read", arguments: names.indices)
    func brief(index: Int) {
        let text = "\(Self.names[index]) <ada@x.eu>: deactivate".brief(120)
        #expect(DisplayWidth.of(text) <= 120)
        #expect(text.unicodeScalars.count <= 120 * 9)
        #expect(text.hasSuffix(" <ada@x.eu>: deactivate"))
    }

    @Test(
        "A letter keeps a few marks, and every other text stays as it is",
        arguments: [
            "Zoë\u{308}", "é\u{301}\u{302}\u{303}", "👨‍👩‍👧‍👦", "🏴󠁧󠁢", "नमस्ते", "שָׁלוֹם", "각", "ที่ปรึกษา",
        ])
    func letters(name: String) {
        let shown = name.neutralised
        #expect(shown == name || name.unicodeScalars.contains { $0.isHostileToTerminals })
    }

    @Test("What is neutralised twice is neutralised", arguments: names.indices)
    func twice(index: Int) {
        let once = Self.names[index].neutralised
        #expect(Array(once.neutralised.unicodeScalars) == Array(once.unicodeScalars))
    }

    private actor Text: ByteSink {
        var text = ""
        func write(_ bytes: [UInt8]) { text += String(decoding: bytes, as: UTF8.self) }
    }

    @Test("A table has a line a row, a card a bounded value", arguments: names.indices)
    func tables(index: Int) async throws {
        let row: Row = ["full_name": .string(Self.names[index]), "email": "ada@x.eu", "status": "active"]
        for (card, rows) in [(false, [row, row]), (true, [row])] {
            let sink = Text()
            let stream = RowStream(Columns(["full_name", "email", "status"], card: card), rows: rows)
            try await Renderers.renderer(for: .table).render(
                stream, to: sink, for: OutputTarget(isTerminal: true, width: 80))
            let text = await sink.text
            let lines = text.split(separator: "\n").count
            #expect(card ? lines <= 40 : lines == 3)
            #expect(text.utf8.count < 60_000)
            #expect(text.contains("ada@x.eu"))
        }
    }

    @Test("An error quotes a bounded part of it", arguments: names.indices)
    func errors(index: Int) {
        let lines = ErrorRenderer(columns: 80).lines(
            ZoshError(.notFound, "no user matches '\(Self.names[index])'", remedy: "users find NAME"), in: nil)
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 1200 })
        #expect(lines[0].hasSuffix("'"))
    }
}
