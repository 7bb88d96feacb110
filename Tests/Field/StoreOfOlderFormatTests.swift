import Foundation
import GRDB
import Testing
import ZohoEmulator
import ZoshKit
import ZoshTesting
import ZoshTrust

@testable import Vault

/// The store that a zosh of format 1 left (Tests/VaultTests/Fixtures), opened by this one: its run that was killed in
/// the middle is named at each start until its script runs again or `jobs prune` forgets it.
@Suite("A store that an older zosh left")
struct StoreOfOlderFormatTests {
    /// The script that was killed; the other one in the store came to its end.
    private static let former = "/tmp/zosh-format-1/cities.zosh"

    /// - Parameter replacing: what the older zosh had written instead into the headers of its runs.
    private func program(replacing: (Program) -> [(String, String)] = { _ in [] }) async throws -> Program {
        let program = try await Program(users: 12)
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "VaultTests/Fixtures/format-1")
        let store = program.home.appending(path: "zosh").path
        try StoreDirectory(path: store).create()
        func copy(_ name: String, to path: String) throws {
            try Data(contentsOf: fixture.appending(path: name)).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        try copy("store.db", to: store + "/store.db")
        try copy("key", to: program.home.appending(path: "key").path)
        let others = replacing(program)
        if !others.isEmpty {
            let old = SealedStore(at: store, schema: Schema(version: 1, statements: Schema.format1))
            try await old.unlock(with: .keyFile(program.home.appending(path: "key").path))
            try await old.write { transaction in
                for run in try transaction.read(.job) {
                    var header = run.body.revealed()
                    for (text, other) in others { header = header.replacing(text, with: other) }
                    try transaction.put(.job, run.id, Secret(copying: header))
                }
            }
            try await old.existing().queue.close()
        }
        return program
    }

    /// The lines of a start that speak of the older zosh.
    private func named(_ program: Program) async throws -> [String] {
        let start = try await program.run(["-c", "connections list"])
        #expect(start.status == 0)
        return start.errors.split(separator: "\n").map(String.init).filter { $0.contains("older zosh") }
    }

    @Test("Each start names the run in one line until 'jobs prune' forgets it")
    func named() async throws {
        let program = try await program()
        let line =
            "an older zosh did not finish a script that this one cannot continue: \(Self.former) (begun 2026-11-29 on "
            + "acme); check what it has changed, then run it again, or forget it with: jobs prune"
        for _ in 0..<2 { #expect(try await named(program) == [line]) }
        #expect(try await program.run(["jobs", "list"]).output.isEmpty)
        let pruned = try await program.run(["jobs", "prune"])
        #expect(pruned.output.contains("0 jobs removed, 1 script run of an older zosh forgotten"), "\(pruned.output)")
        #expect(try await named(program) == [])
        #expect(try await program.run(["vault", "verify"]).status == 0)
        await program.close()
    }

    @Test("Several are named in one line")
    func several() async throws {
        let program = try await program { _ in [(#""ended":0"#, #""ended":null"#)] }
        let line = try #require(try await named(program).first)
        #expect(line.contains("did not finish 2 scripts that this one cannot continue: "), "\(line)")
        #expect(line.contains(Self.former + " (") && line.contains("/tmp/zosh-format-1/done.zosh ("), "\(line)")
        #expect(line.hasSuffix("run each again, or forget them with: jobs prune"), "\(line)")
        let pruned = try await program.run(["jobs", "prune"])
        #expect(pruned.output.contains("2 script runs of an older zosh forgotten"), "\(pruned.output)")
        await program.close()
    }

    @Test("The run is never resumed; its script runs again with a warning in the same words, and is not named then")
    func script() async throws {
        let program = try await program { [(Self.former, $0.home.appending(path: "cities.zosh").path)] }
        let path = program.home.appending(path: "cities.zosh").path
        try "users list type=ActiveUsers | first 2 | users update city=Rome --yes\n".write(
            toFile: path, atomically: true, encoding: .utf8)
        let login = try await program.run(
            ["auth", "login", "again", "--self-client"], input: program.emulator.announcement.grant_code + "\n")
        #expect(login.status == 0, "\(login.errors)")
        let words = "older zosh began the last run of this script and left no record that this one can continue"
        for options in [[], ["--dry-run"]] {
            let resumed = try await program.run(["--connection", "again", "-f", path, "--resume"] + options)
            #expect(resumed.status == 1 && resumed.errors.contains("an \(words)"), "\(resumed.errors)")
            #expect(resumed.errors.contains("without --resume"), "\(resumed.errors)")
        }
        #expect(program.emulator.requestCount(.updateUser) == 0)
        #expect(try await named(program).count == 1)

        let ran = try await program.run(["--connection", "again", "-f", path])
        #expect(ran.status == 0 && ran.errors.contains("An \(words); check what it has changed"), "\(ran.errors)")
        #expect(!ran.errors.contains("would have continued"), "\(ran.errors)")
        #expect(program.emulator.requestCount(.updateUser) == 2)
        #expect(try await named(program) == [])
        let resumed = try await program.run(["--connection", "again", "-f", path, "--resume"])
        #expect(resumed.errors.contains("the last run of this script finished"), "\(resumed.errors)")
        await program.close()
    }
}
