import Foundation
import Testing
import ZoshTesting

/// README is recorded by two tests at once: its tour and its table of commands.
@Suite("Parts of golden files")
struct GoldenPartTests {
    private static func file(_ text: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "golden-\(UUID().uuidString)").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test("Parts that are recorded at the same time all stay")
    func together() async throws {
        let numbers = 0..<40
        let path = try Self.file(numbers.map { "<\($0)>\nold\n</\($0)>\n" }.joined())
        defer { try? FileManager.default.removeItem(atPath: path) }
        await withTaskGroup(of: Void.self) { group in
            for number in numbers {
                group.addTask {
                    GoldenPart(of: path, from: "<\(number)>\n", to: "</\(number)>").record("new \(number)\n")
                }
            }
        }
        #expect(Golden.read(path) == numbers.map { "<\($0)>\nnew \($0)\n</\($0)>\n" }.joined())
    }

    @Test("A part is compared, and the rest of its file is not")
    func compared() throws {
        let path = try Self.file("before\n<a>\none\n</a>\nbehind\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let part = GoldenPart(of: path, from: "<a>\n", to: "</a>")
        #expect(part.text == "one\n")
        // While recordings are made, everything differs.
        #expect(Golden.isRecording || part.difference(of: "one\n") == nil)
        #expect(part.difference(of: "two\n") != nil)
    }

    @Test("A missing mark or file is said", arguments: ["<b>", "<a>"])
    func missing(mark: String) throws {
        let path = try Self.file("</a>\n<a>\n")
        let part = GoldenPart(of: path, from: mark, to: "</a>")
        #expect(part.text == nil)
        #expect(part.difference(of: "x")?.contains(mark) == true)
        try FileManager.default.removeItem(atPath: path)
        #expect(part.difference(of: "x") != nil)
        #expect(Golden.read(path) == nil)
    }
}
