import Foundation
import Testing
import ZoshTesting

/// `--resume` is named only where there will be something to resume.
@Suite("The remedy after a script that stopped")
struct ResumeRemedyTests {
    private static let script =
        "users update alex.boyle@zylker.example city=Rome --yes\nusers lookup 1 | assert count == 1\n"

    private func run(_ arguments: [String], input: String = "") async throws -> Program.Ending {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zosh-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.script.utf8).write(to: folder.appending(path: "stop.zosh"))
        let child = try ChildProcess(
            BuiltProduct.path("zosh"), ["--demo", "--demo-users", "12"] + arguments,
            environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8"], folder: folder.path,
            input: input)
        return await Program.ending(of: child)
    }

    @Test(
        "A demo keeps nothing for another process",
        arguments: [["-f", "stop.zosh"], ["replay", "stop.zosh"], ["-c", "replay stop.zosh"], ["./stop.zosh"]])
    func demo(arguments: [String]) async throws {
        let ending = try await run(arguments)
        #expect(ending.status != 0, "\(ending)")
        #expect(ending.errors.contains("stop.zosh"), "\(ending)")
        #expect(!ending.errors.contains("--resume"), "\(ending)")
    }

    @Test("A store of one's own does, for a file and not for standard input")
    func kept() async throws {
        let program = try await Program.signedIn()
        try Data(Self.script.utf8).write(to: program.home.appending(path: "stop.zosh"))
        let ending = try await program.run(["-f", "stop.zosh"])
        #expect(ending.errors.contains("Progress saved; continue with: replay stop.zosh --resume"), "\(ending)")
        // Where the first line fails there is nothing to go on from.
        try Data("users lookup nobody@x.example | users deactivate --yes\n".utf8).write(
            to: program.home.appending(path: "first.zosh"))
        let first = try await program.run(["-f", "first.zosh"])
        #expect(first.status != 0 && first.errors.contains("first.zosh:1"), "\(first)")
        #expect(!first.errors.contains("Progress saved"), "\(first)")
        let piped = try await program.run(["replay", "-"], input: Self.script)
        #expect(piped.status != 0 && !piped.errors.contains("--resume"), "\(piped)")
        await program.close()
    }
}
