import Foundation
import Testing
import ZohoEmulator
import ZoshTesting

/// The whole way with a real browser: open the address zosh shows, click on Zoho's page, see ours.
@Suite("A login with headless Chromium", .enabled(if: Chromium.path != nil, "chromium is not installed"), .serialized)
struct ChromiumTests {
    @Test("Clicking Accept or Reject ends at our page, and the shell knows", arguments: ["accept", "reject"])
    func clicked(_ button: String) async throws {
        let program = try await Program.beforeLogin()
        let login = try await BrowserLogin.start(program)
        let address = login.address
        let shown = try await offThePool {
            let browser = try Chromium(try #require(Chromium.path))
            defer { browser.close() }
            let page = try browser.page(address)
            _ = try browser.text("document.getElementById('\(button)') ? 'there' : ''", in: page) { $0 == "there" }
            _ = try? browser.text("(document.getElementById('\(button)').click(), 'clicked')", in: page) {
                $0 == "clicked"
            }
            return try browser.text("document.title.startsWith('zosh:') ? document.body.innerText : ''", in: page) {
                !$0.isEmpty
            }
        }
        let ending = await Program.ending(of: login.child)
        if button == "accept" {
            #expect(shown.contains("Back to your terminal"))
            #expect(ending.status == 0, "\(ending.errors)")
            #expect(try await program.run(["-c", "whoami | select connected"]).output == "true\n")
        } else {
            #expect(shown.contains("not allowed"))
            #expect(ending.status == 1, "\(ending.errors)")
            #expect(try await program.run(["connections", "list"]).output.isEmpty)
        }
        await program.close()
    }

    /// The emulator needs the threads of the pool.
    private func offThePool(_ body: @escaping @Sendable () throws -> String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
        }
    }
}
