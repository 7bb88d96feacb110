import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// The executable beside these tests, as a script would start it.
@Suite struct ExecutableTests {
    private static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("zoho-emulator")

    private func start(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(Self.executable.path, arguments)
    }

    /// Waits on a thread of its own, since the emulator's tasks need those of the pool.
    private func aside<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }

    @Test func `one line announces it, a client logs in, and SIGTERM ends it with 0 and nothing more said`()
        async throws
    {
        let child = try start(["--users", "7", "--orgs", "2", "--data-centres", "us,eu"])
        let line = Data(await aside { child.line() }.utf8)
        let place = try JSONDecoder().decode(Announcement.self, from: line)
        #expect(place.data_centres.map(\.code) == ["us", "eu"] && place.grants.count == 4)
        let form =
            "grant_type=authorization_code&code=\(place.grant_code)"
            + "&client_id=\(place.client_id)&client_secret=\(place.client_secret)"
        let tokens = try await send(
            "POST", place.accounts + "/oauth/v2/token", headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: form)
        let access = try #require(tokens.json["access_token"] as? String)
        let users = try await send(
            "GET", place.api + "/crm/v8/users", headers: ["Authorization": "Zoho-oauthtoken \(access)"])
        #expect(users.users.count == 7)
        child.signal(SIGTERM)
        #expect(await aside { child.ending() } == ChildProcess.Ending(output: "", errors: "", status: 0))
    }

    @Test(arguments: [
        (["--users", "0"], "--users"), (["--world", "/nonexistent.json"], "cannot be read"),
        (["--faults", "rain"], "no fault `rain`"), (["--orgs", "-1"], "orgs"),
    ])
    func `what makes no sense is said on standard error`(arguments: [String], words: String) async throws {
        let child = try start(arguments)
        let ending = await aside { child.ending() }
        #expect(ending.status != 0)
        #expect(ending.output.isEmpty)
        #expect(ending.errors.contains(words))
    }
}
