import Foundation
import ZohoEmulator
import ZoshTesting

/// The certificates beside these tests: an authority of a company, and what it signed. They end in a hundred years.
enum Certificates {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "files/tls").path
    static let authority = folder + "/authority.pem"

    /// - Parameter name: `server` (for localhost), `expired`, `future`, `other-name` (for crm.example.com).
    static func pair(_ name: String) -> (chain: String, key: String) {
        (chain: "\(folder)/\(name).pem", key: "\(folder)/\(name)-key.pem")
    }

    /// Signs a program in whose emulator speaks TLS.
    static func login(_ program: Program) async throws -> ChildProcess.Ending {
        try await program.run(
            ["auth", "login", "acme", "--self-client"], input: program.emulator.announcement.grant_code + "\n")
    }
}
