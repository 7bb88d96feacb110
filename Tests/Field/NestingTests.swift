import Foundation
import Testing
import ZoshKit
import ZoshTesting

/// Lines nobody types: they end in an error, not in the end of the process.
@Suite("Depth and length")
struct NestingTests {
    private static func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    /// A line in a file, since no argument may be so long.
    private func run(_ line: String) async throws -> Program.Ending {
        let file = FileManager.default.temporaryDirectory.appending(path: "zosh-deep-\(UUID().uuidString).zosh")
        defer { try? FileManager.default.removeItem(at: file) }
        try line.write(to: file, atomically: true, encoding: .utf8)
        let child = try ChildProcess(
            BuiltProduct.path("zosh"), ["--demo", "--demo-users", "3", "--allow-external", file.path],
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/", "LC_ALL": "C.UTF-8"])
        return await Program.ending(of: child)
    }

    @Test(
        "A path of fields, wherever one may stand",
        arguments: [
            "users list | select id as a\(many(".a", 100_000))", "users list | select a\(many(".a", 100_000))",
            "users list | where a\(many(".a", 100_000)) == 1",
            "users list | sort a\(many(".a", 100_000))", "users list | group a\(many(".a", 100_000))",
            "users list | unique a\(many(".a", 100_000))",
            "users list | each { users find $it\(many(".a", 100_000)) }",
        ])
    func paths(line: String) async throws {
        let ending = try await run(line)
        #expect(
            ending.status == 2 && ending.errors.contains("at most 64 names"),
            "\(ending.status) \(ending.errors.prefix(300))")
    }

    @Test(
        "Commands within commands, stages behind stages",
        arguments: [
            (many("on all ", 10_000) + "users list", "'on' cannot run 'on'"),
            ("users list" + many(" | first 1", 50_000), "more than 500 stages"),
            ("users list | " + many("each { ", 10_000), "nested too deeply"),
            ("users list | where " + many("(", 50_000) + "a == 1" + many(")", 50_000), "nested too deeply"),
            ("users list | where " + many("not ", 50_000) + "a", "nested too deeply"),
        ])
    func stages(line: String, problem: String) async throws {
        let ending = try await run(line)
        #expect(ending.status == 2 && ending.errors.contains(problem), "\(ending.status) \(ending.errors.prefix(300))")
    }

    @Test(
        "Long lines that are flat run",
        arguments: [
            "version" + many("; version", 5000), "version" + many(" && version", 5000),
            "users list | where id == 1" + many(" or id == 1", 5000),
            "users list" + many(" | first 1", 400),
        ])
    func flat(line: String) async throws {
        let ending = try await run(line)
        #expect(ending.status == 0, "\(ending.status) \(ending.errors.prefix(300))")
    }

    @Test("A text of more dots than a path may have is one name, and shallow")
    func flatNames() {
        #expect(FieldPath("a" + Self.many(".a", 62)).names.count == 63)
        #expect(FieldPath(Self.many(".", 20_000)).names.count == 1)
        #expect(FieldPath("role.name").names == ["role", "name"])
    }

    @Test("A row of a hundred thousand fields of few names is made in linear work")
    func fields() {
        let row = Row((0..<100_000).map { ("f\($0 % 1000)", .integer(Int64($0))) })
        #expect(row.count == 1000)
        #expect(row["f7"] == 99_007)
        #expect(row.names.first == "f0")
    }
}
