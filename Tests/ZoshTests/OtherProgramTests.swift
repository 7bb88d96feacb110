import Testing
import ZoshTesting

/// What the programs of `!prog` are given by the real zosh.
@Suite("Other programs")
struct OtherProgramTests {
    @Test("Nothing of zosh's environment reaches them, keys and secrets least of all")
    func environment() async throws {
        let program = try await Program.signedIn()
        let seen = try await program.run(["-c", "!sh -c 'env | grep -e ^ZOSH_ -e ^ZOHO_ || echo none'"])
        #expect(seen == .init(output: "none\n", errors: "", status: 0))
        await program.close()
    }

    @Test("A script runs them only with --allow-external")
    func scripts() async throws {
        let program = try await Program.signedIn()
        let line = "users list limit=2 | !wc -l\n"
        let refused = try await program.run([], input: line)
        #expect(refused.status == 2)
        #expect(refused.errors.contains("--allow-external"))
        let allowed = try await program.run(["--allow-external"], input: line)
        #expect(allowed == .init(output: "2\n", errors: "", status: 0))
        await program.close()
    }
}
