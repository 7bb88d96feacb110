import Testing
import Yams
import ZoshCore
import ZoshKit

struct YAMLTests {
    static let strings = [
        "", " ", "plain", "with space", "trailing ", "a: b", "a #b", "- x", "no", "Null", "true", "~", "1", "0x1F",
        "1_000", "1:20", "1e3",
        ".inf", "2026-01-31", "5550000000000000001", "\u{1B}[0m", "\0", "\u{85}", "\u{2028}", "x\u{FEFF}", "é山😀👨‍👩‍👧",
        "\"q\" \\ '", "line\nbreak\r\n\ttab",
        "{a}", "[b]", "*x", "&y", "!z", "%d", "@at", "`tick`", "|", ">", "?", "=", "<<", "\u{202E}x", "\u{E0041}", "y",
        "ON",
    ]

    @Test(arguments: [false, true])
    func `every string reads back as the same string`(isTerminal: Bool) async throws {
        let rows = Self.strings.map { Row([("value", .string($0))]) } + [Row(Self.strings.dropFirst().map { ($0, 1) })]
        let text = try await RendererTests.text(.yaml, RowStream(rows: rows), OutputTarget(isTerminal: isTerminal))
        let nodes = try #require(try Yams.compose(yaml: text)?.sequence)
        for (index, string) in Self.strings.enumerated() {
            let node = try #require(nodes[index].mapping?["value"])
            #expect(node.scalar.map { Array($0.string.unicodeScalars) } == Array(string.unicodeScalars))
            #expect(node.tag.rawValue == "tag:yaml.org,2002:str", "\(string) is taken for something else")
        }
        let keys = nodes[Self.strings.count].mapping?.keys.compactMap(\.string) ?? []
        #expect(keys.map { Array($0.unicodeScalars) } == Self.strings.dropFirst().map { Array($0.unicodeScalars) })
    }

    @Test func `nesting, order and empty values read back`() async throws {
        let row: Row = [
            "z": .row(["b": 1, "a": .list([1, .row(["k": "v", "l": .list([])]), .list([.list([2])])])]), "a": nil,
            "e": .row(Row()), "d": .decimal("1.50"),
        ]
        let text = try await RendererTests.text(.yaml, RowStream(rows: [row, Row()]))
        #expect(
            text == """
                - z:
                    b: 1
                    a:
                      - 1
                      - k: v
                        l: []
                      -
                        -
                          - 2
                  a: null
                  e: {}
                  d: 1.50
                - {}

                """)
        let root = try #require(try Yams.compose(yaml: text)?.sequence)
        #expect(root[0].mapping?.keys.compactMap(\.string) == ["z", "a", "e", "d"])
        #expect(root[0]["z"]?["a"]?[2]?[0]?[0]?.int == 2)
    }
}
