import Foundation
import ZoshTesting

/// The tree these tests were built from.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func swiftFiles(below path: String) -> [URL] {
        let folder = root.appending(path: path)
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }

    /// Module names on the import lines of a file.
    static func imports(of file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ").map(String.init)
            while let first = words.first,
                ["public", "internal", "package", "private", "fileprivate"].contains(first) || first.hasPrefix("@")
            {
                words.removeFirst()
            }
            guard words.first == "import", words.count > 1 else { return nil }
            let kinds = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
            let name = kinds.contains(words[1]) ? words[2] : words[1]
            return name.split(separator: ".").first.map(String.init)
        }
    }

    /// The manifest as SwiftPM reads it.
    static func manifest() throws -> Manifest {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "zosh-house-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let swift = try ChildProcess(
            "/usr/bin/env",
            ["swift", "package", "--package-path", root.path, "--scratch-path", scratch.path, "dump-package"])
        let data = Data(swift.ending().output.utf8)
        return try JSONDecoder().decode(Manifest.self, from: data)
    }
}

/// The part of `swift package dump-package` the laws speak of.
struct Manifest: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let settings: [Setting]
        let dependencies: [Dependency]
    }

    struct Setting: Decodable { let kind: [String: Anything] }
    struct Anything: Decodable { init(from decoder: any Decoder) throws {} }

    /// `{"byName": ["ZoshKit", null]}` or `{"product": ["GRDB", "GRDB.swift", …]}`.
    struct Dependency: Decodable {
        let name: String
        let isProduct: Bool

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            isProduct = container.contains(Key("product"))
            guard let key = container.allKeys.first else {
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "an empty dependency"))
            }
            var list = try container.nestedUnkeyedContainer(forKey: key)
            name = try list.decode(String.self)
        }

        struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(_ name: String) { stringValue = name }
            init?(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
    }

    let targets: [Target]
}
