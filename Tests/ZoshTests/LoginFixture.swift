import Foundation
import ZohoEmulator
import ZoshTesting

/// A real zosh on its way through a browser login.
struct BrowserLogin {
    let child: ChildProcess
    /// The authorization address it has shown.
    let address: String
    /// What it said before.
    let said: [String]

    /// Starts `auth login` and waits until it shows an address, or gives up.
    static func start(_ program: Program, _ arguments: [String] = ["auth", "login", "acme", "--yes"]) async throws
        -> BrowserLogin
    {
        let child = try program.start(arguments)
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var said: [String] = []
                var address = ""
                while address.isEmpty {
                    let line = child.errorLine()
                    if line.isEmpty { break }
                    said.append(line)
                    if let found = line.firstMatch(of: /http:\S+\/oauth\/v2\/auth\?\S+/) { address = String(found.0) }
                }
                continuation.resume(returning: BrowserLogin(child: child, address: address, said: said))
            }
        }
    }
}

extension Program {
    /// A program that is not signed in and whose callback port nobody else uses.
    static func beforeLogin(_ configure: (inout EmulatorConfiguration) -> Void = { _ in }) async throws -> Program {
        let redirect = "http://localhost:\(PlayedBrowser.freePort())/api/auth_callback"
        var program = try await Program { configuration in
            configuration.redirectURIs = [redirect]
            configure(&configuration)
        }
        program.environment["ZOHO_REDIRECT_URI"] = redirect
        return program
    }

    var redirectPort: Int { environment["ZOHO_REDIRECT_URI"].flatMap { URL(string: $0)?.port } ?? 0 }
}

/// What no output, file, argument or environment may show.
enum Secrets {
    /// Zoho's tokens and codes.
    static var token: Regex<Substring> { /1\d{3,5}\.[0-9a-fA-F]{32}\.[0-9a-fA-F]{32}/ }

    static func found(in text: String, beside secrets: [String]) -> String? {
        if text.firstMatch(of: token) != nil { return "a token" }
        return secrets.first { text.contains($0) }
    }
}
