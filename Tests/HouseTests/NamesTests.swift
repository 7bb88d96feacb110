import Foundation
import Testing

/// Names a stranger finds: one thing to a name, and no private pictures.
@Suite("Names")
struct NamesTests {
    /// English that says what a thing resembles and not what it is.
    private static let pictures: Set<String> = [
        "Desk", "Book", "Office", "Keeper", "Door", "Post", "Turnstile", "Sign", "Stranger", "Bearer", "Leaving",
        "Arrival", "Hook", "Drawer", "Shelf",
    ]

    private static func types() throws -> [(name: String, path: String)] {
        let declaration = try Regex(
            #"^(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate|final|indirect) +)*"#
                + #"(?:class|struct|enum|actor|protocol|typealias) +([A-Z]\w*)"#
        ).anchorsMatchLineEndings()
        return try ["Sources", "Plugins"].flatMap { folder in
            try Repository.swiftFiles(below: folder).flatMap { file in
                let text = try String(contentsOf: file, encoding: .utf8)
                return text.matches(of: declaration).compactMap { match in
                    match.output[1].substring.map { (String($0), file.lastPathComponent) }
                }
            }
        }
    }

    /// `Post` of `SignalPost`.
    private static func lastWord(of name: String) -> String {
        guard let start = name.lastIndex(where: \.isUppercase) else { return name }
        return String(name[start...])
    }

    @Test("Every top-level type has a name that no other has")
    func areUnique() throws {
        let types = try Self.types()
        #expect(types.count > 800)
        let files = Dictionary(grouping: types, by: \.name).mapValues { $0.map(\.path) }
        for (name, paths) in files.sorted(by: { $0.key < $1.key }) {
            #expect(paths.count == 1, "\(name): \(paths.joined(separator: ", "))")
        }
    }

    @Test("No type is named for what it resembles")
    func areNoPictures() throws {
        for (name, path) in try Self.types() {
            #expect(!Self.pictures.contains(Self.lastWord(of: name)), "\(path): \(name)")
        }
        #expect(Self.lastWord(of: "SignalPost") == "Post")
    }

    @Test("Comments and names of methods keep to the words a stranger knows")
    func areInPlainWords() throws {
        let comment = try Regex(#"//.*\b(anew|lest|whoever|Whoever)\b"#)
        let method = try Regex(
            #"\bfunc ([a-z]\w*)?(nobody|Nobody|somebody|Somebody|whoever|Whoever|anew|Anew|[tT]old)\b"#)
        for folder in ["Sources", "Plugins"] {
            for file in Repository.swiftFiles(below: folder) {
                for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                    #expect(line.firstMatch(of: comment) == nil, "\(file.lastPathComponent): \(line)")
                    #expect(line.firstMatch(of: method) == nil, "\(file.lastPathComponent): \(line)")
                }
            }
        }
        #expect("/// Whoever waits.".firstMatch(of: comment) != nil)
        #expect("static func told(".firstMatch(of: method) != nil)
    }

    @Test("Every public type of the plugins' vocabulary has an example in its documentation")
    func publicTypesHaveExamples() throws {
        let declaration = try Regex(
            #"^public (final |indirect )*(struct|enum|class|actor|protocol) (\w+)"#)
        var count = 0
        for file in Repository.swiftFiles(below: "Sources/ZoshKit") {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() where line.firstMatch(of: declaration) != nil {
                count += 1
                let above = lines[..<index].reversed().drop { $0.hasPrefix("@") }.prefix { $0.hasPrefix("///") }
                // What is typed, written or sent, or how the type is used.
                #expect(above.contains { $0.contains("`") || $0.contains("For example") }, "\(line)")
            }
        }
        #expect(count > 80)
    }
}
