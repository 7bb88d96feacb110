import Foundation
import Testing

/// The folders of a room as layers: each may be read knowing only those it uses, and none leads back to itself.
@Suite("Folders")
struct FolderTests {
    @Test(
        "The folders of a room form no circle, by the types they name",
        arguments: Room.all.map(\.path) + Room.composers.map { "Sources/\($0)" })
    func formNoCircle(_ path: String) throws {
        let files = try SourceFile.all(below: path)
        guard files.count > 15 else { return }
        let uses = FolderUses(files)
        let circle = uses.circle
        #expect(circle.isEmpty, "\(path): \(uses.described(circle))")
    }

    @Test(
        "A room of more than fifteen files has folders",
        arguments: Room.all.map(\.path) + Room.composers.map { "Sources/\($0)" })
    func areThere(_ path: String) throws {
        let beside = try SourceFile.all(below: path).count { $0.folder == "." }
        #expect(beside <= 15, "\(path): \(beside) files beside its folders")
    }

    @Test("A circle is found, and what makes it is named")
    func findsCircles() {
        func file(_ path: String, _ text: String) -> SourceFile { SourceFile(path: path, text: text) }
        let apart = [
            file("Low/One.swift", "struct One { let name = \"Two\" } // a Two\n"),
            file("High/Two.swift", "struct Two { let one: One; enum Three {} }\n"),
            file("Low/Three.swift", "extension One { enum Three {} }\nlet three: Three\n"),
        ]
        #expect(FolderUses(apart).circle.isEmpty)
        let uses = FolderUses(apart + [file("Low/Four.swift", "let two = \"\\(Two.self)\"\n")])
        #expect(uses.circle == ["High", "Low"])
        #expect(uses.described(uses.circle) == "High → Low: Two.swift names One; Low → High: Four.swift names Two")
    }
}
