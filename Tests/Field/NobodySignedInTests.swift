import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// Where nobody is signed in a change is refused before anything is kept of it: no store, and no passphrase to choose.
@Suite("Changes where nobody is signed in")
struct NobodySignedInTests {
    @Test(
        "They leave nothing behind",
        arguments: [
            "users update ada@example.com city=Bern --yes", "users lookup ada@example.com | users deactivate --yes",
            "on all users update ada@example.com city=Bern --yes",
            "users add first_name=A last_name=B email=a@example.com role=Manager profile=Standard --yes",
        ])
    func nothing(_ line: String) async throws {
        let program = try await Program(users: 3)
        let ending = try await program.run(["-c", line])
        #expect(ending.status == 4, "\(ending.errors)")
        #expect(ending.errors.contains("not signed in"), "\(ending.errors)")
        let store = program.home.appending(path: "zosh/store.db").path
        #expect(!FileManager.default.fileExists(atPath: store))
        await program.close()
    }
}
