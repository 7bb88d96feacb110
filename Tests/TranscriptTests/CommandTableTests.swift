import Foundation
import Testing
import ZoshCore
import ZoshKit
import ZoshTesting

@testable import zosh

/// README's table of commands, made from the signatures. `make docs` writes it again.
@Suite("README's commands")
struct CommandTableTests {
    @Test("The table names all there are, module by module")
    func table() async throws {
        let path = Stage.tests.appending(path: "../README.md").standardizedFileURL.path
        let stage = try await Stage(["login": "no"])
        let table = Self.table(of: stage.engine.registry.entries)
        await stage.close()
        let part = GoldenPart(of: path, from: "<!-- commands -->\n", to: "<!-- end of commands -->")
        if let difference = part.difference(of: table) { Issue.record(Comment(rawValue: difference)) }
    }

    private static func table(of entries: [CommandRegistry.Entry]) -> String {
        var rows = ["| module | commands |", "|---|---|"]
        var owners: [String] = []
        for entry in entries where !owners.contains(entry.owner) { owners.append(entry.owner) }
        for owner in owners {
            let names = entries.filter { $0.owner == owner }.map { Self.names(of: $0.signature) }
            rows.append("| \(owner) | \(names.joined(separator: ", ")) |")
        }
        return rows.joined(separator: "\n") + "\n"
    }

    /// A command, and its other names behind it.
    private static func names(of signature: Signature) -> String {
        let paths = [signature.path] + signature.aliases
        let names = paths.map { path in "`" + path.joined(separator: " ") + "`" }
        return names.joined(separator: " = ")
    }
}
