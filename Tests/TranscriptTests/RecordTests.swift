import Foundation
import Testing

/// A session recorded by a person at the prompt, and what becomes of it elsewhere.
@Suite("Recordings")
struct RecordTests {
    /// Typed lines with the answers given.
    private static let session: [(line: String, answers: [String])] = [
        ("let who = 'ada@example.com'", []),
        ("alias admins = users list type=AdminUsers", []),
        ("record start FILE", []),
        ("admins | count", []),
        ("users add first_name=Ada last_name=Lovelace email=$who role=Manager profile=Standard", ["y"]),
        ("users upd ada@example.com city=London", ["y"]),
        ("users list | where email == ada@example.com | users update role=CEO", ["y"]),
        ("users lokup nobody", []),
        ("users lookup 4150868000000000000", []),
        ("users delete ada@example.com", ["no"]),
        ("users lookup 'Ada Lovelace' | select email, role.name, city", []),
        ("let gone = users deactivate ada@example.com", ["y"]),
        ("$gone | assert outcome == done | count", []),
        ("whoami | select email", []),
        ("users lookup 1000.0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef", []),
        ("record stop", []),
    ]

    private static func recorded() async throws -> (script: String, file: String) {
        let file = FileManager.default.temporaryDirectory.appending(path: "zosh-recorded-\(UUID().uuidString).zosh")
            .path
        let stage = try await Stage(["interactive": ""])
        for step in session { _ = await stage.play(step.line.replacing("FILE", with: file), step.answers) }
        await stage.close()
        return (try String(contentsOfFile: file, encoding: .utf8), file)
    }

    @Test("people stand in it by e-mail, answers are given, what failed is a comment, secrets are nowhere")
    func script() async throws {
        let (script, file) = try await Self.recorded()
        defer { try? FileManager.default.removeItem(atPath: file) }
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let lines = script.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("requires zosh=0.1.0 connection=acme org=") == true)
        #expect(
            Array(lines.dropFirst()) == [
                "users list type=AdminUsers | count",
                "let who = 'ada@example.com'",
                "users add first_name=Ada last_name=Lovelace email=$who role=Manager profile=Standard --yes --at-most "
                    + "1",
                "users update ada@example.com city=London --yes --at-most 1",
                "users list | where email == ada@example.com | users update role=CEO --yes --at-most 1",
                "# ended with 2: users lokup nobody",
                "# ended with 3: users lookup 4150868000000000000",
                "# ended with 1: users delete ada@example.com",
                "users lookup ada@example.com | select email, role.name, city",
                "let gone = users deactivate ada@example.com --yes --at-most 1",
                "$gone | assert outcome == done | count",
                "# a line was left out: it held something that looks like a secret",
            ])
    }

    @Test("it replays green where it was made, and with --map in another organisation")
    func replays() async throws {
        let (_, file) = try await Self.recorded()
        defer { try? FileManager.default.removeItem(atPath: file) }
        let again = try await Stage([:])
        let lines = await again.play("replay \(file)", [])
        #expect(lines.last?.hasPrefix("=>") != true, "\(lines)")
        #expect(lines.contains("ada@example.com\tCEO\tLondon"), "\(lines)")
        await again.close()

        // Servers of its own, and another organisation on them.
        let elsewhere = try await Stage(["seed": "8", "users": "30", "orgs": ""])
        _ = await elsewhere.play("use globex", [])
        let refused = await elsewhere.play("replay \(file)", [])
        #expect(refused.last == "=> 1", "\(refused)")
        #expect(refused.contains { $0.contains("the script is for organisation") })
        let mapped = await elsewhere.play("replay \(file) --map", [])
        #expect(mapped.last?.hasPrefix("=>") != true, "\(mapped)")
        #expect(mapped.contains("ada@example.com\tCEO\tLondon"), "\(mapped)")
        await elsewhere.close()
    }

    @Test("one recording at a time, and never over a file")
    func guards() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "zosh-recorded-\(UUID().uuidString).zosh")
            .path
        defer { try? FileManager.default.removeItem(atPath: file) }
        let stage = try await Stage(["interactive": ""])
        #expect(await stage.play("record stop", []).contains { $0.contains("nothing is being recorded") })
        _ = await stage.play("record start \(file)", [])
        #expect(await stage.play("record start \(file).2", []).contains { $0.contains("being recorded already") })
        _ = await stage.play("record stop", [])
        #expect(await stage.play("record start \(file)", []).contains { $0.contains("exists") })
        await stage.close()
    }
}
