import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// `zosh … | head -1`: the reader of standard output goes away before the end.
@Suite("A reader that leaves")
struct ReaderLeftTests {
    /// Runs `zosh` into a reader that closes its end before Zoho answers; gives zosh's own status and standard error.
    private func run(_ program: Program, _ line: String, holding route: Route) async throws -> (
        status: String, errors: String
    ) {
        let gate = program.emulator.hold(route)
        let mark = program.home.appending(path: "closed")
        let zosh = try BuiltProduct.path("zosh")
        let text = "{ '\(zosh)' --yes -c '\(line)'; echo \"status $?\" >&2; } | { exec <&-; : > '\(mark.path)'; }"
        let child = try ChildProcess(
            "/bin/sh", ["-c", text], environment: program.environment, folder: program.home.path)
        await gate.arrivals(1)
        try await Patience.wait { FileManager.default.fileExists(atPath: mark.path) }
        gate.release()
        let ending = await Program.ending(of: child)
        let lines = ending.errors.split(separator: "\n").map(String.init)
        return (lines.last ?? "", lines.dropLast().joined(separator: "\n"))
    }

    @Test("ends with 141 as SIGPIPE would, silently, and nothing behind it runs")
    func read() async throws {
        let program = try await Program.signedIn()
        let (status, errors) = try await run(program, "users list; users count type=CurrentUser", holding: .listUsers)
        #expect(status == "status 141")
        #expect(errors == "")
        #expect(program.emulator.requestCount(.countUsers) == 0)
        await program.close()
    }

    @Test("leaves no confirmed change undone")
    func write() async throws {
        let program = try await Program.signedIn()
        let line = "users ids type=ActiveUsers | skip 1 | first 3 | users update city=Bern"
        let (status, errors) = try await run(program, line, holding: .updateUser)
        #expect(status == "status 141", "\(errors)")
        let after = try await program.run(["-c", "users list | where city == Bern | count"])
        #expect(after.output == "3\n", "\(errors)")
        await program.close()
    }
}
