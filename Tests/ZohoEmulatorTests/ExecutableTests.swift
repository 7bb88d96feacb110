import Foundation
import Testing
import ZohoEmulator

/// The executable beside these tests, as a script would start it.
@Suite struct ExecutableTests {
    private static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("zoho-emulator")

    private func start(_ arguments: [String]) throws -> (process: Process, output: Pipe, errors: Pipe) {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = Self.executable
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        return (process, output, errors)
    }

    /// Waits on a thread of its own, since the emulator's tasks need those of the pool.
    private func aside<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }

    @Test func `one line announces it, a client logs in, and SIGTERM ends it with 0 and nothing more said`() async throws {
        let (process, output, errors) = try start(["--users", "7", "--orgs", "2", "--data-centres", "us,eu"])
        let reading = output.fileHandleForReading
        let line = await aside {
            var line = Data()
            while let byte = try? reading.read(upToCount: 1), !byte.isEmpty, byte != Data("\n".utf8) { line += byte }
            return line
        }
        let place = try JSONDecoder().decode(Announcement.self, from: line)
        #expect(place.data_centres.map(\.code) == ["us", "eu"] && place.grants.count == 4)
        let form = "grant_type=authorization_code&code=\(place.grant_code)&client_id=\(place.client_id)&client_secret=\(place.client_secret)"
        let tokens = try await send(
            "POST", place.accounts + "/oauth/v2/token", headers: ["Content-Type": "application/x-www-form-urlencoded"], body: form)
        let access = try #require(tokens.json["access_token"] as? String)
        let users = try await send("GET", place.api + "/crm/v8/users", headers: ["Authorization": "Zoho-oauthtoken \(access)"])
        #expect(users.users.count == 7)
        process.terminate()
        await aside { process.waitUntilExit() }
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
        #expect(try reading.readToEnd() ?? Data() == Data())
        #expect(try errors.fileHandleForReading.readToEnd() ?? Data() == Data())
    }

    @Test(arguments: [
        (["--users", "0"], "--users"), (["--world", "/nonexistent.json"], "cannot be read"),
        (["--faults", "rain"], "no fault `rain`"), (["--orgs", "-1"], "orgs"),
    ])
    func `what makes no sense is said on standard error`(arguments: [String], words: String) async throws {
        let (process, output, errors) = try start(arguments)
        await aside { process.waitUntilExit() }
        #expect(process.terminationStatus != 0)
        #expect(try output.fileHandleForReading.readToEnd() ?? Data() == Data())
        let said = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(said.contains(words))
    }
}
