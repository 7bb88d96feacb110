import Foundation
import Glibc
import Synchronization
import Vault
import ZohoEmulator
import ZoshKit
import ZoshTrust

/// An emulated Zoho inside this process, and a throw-away store beside it.
///
/// The login takes the real path: a grant code is redeemed over a real socket, and the connection is sealed in a real
/// store. Nothing of the user's own is read or written.
struct Demo: Sendable {
    let emulator: Emulator
    /// A private folder, removed when the demo ends.
    let home: String
    /// Held for as long as the folder is in use.
    let mark: FileLock?

    static func start(_ arguments: Arguments) async throws -> Demo {
        var configuration = EmulatorConfiguration()
        if let users = arguments.demoUsers { configuration.users = users }
        if let seed = arguments.demoSeed { configuration.seed = seed }
        if let faults = arguments.demoFaults { configuration.faults = faults }
        if let path = arguments.demoWorld {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw ZoshError(.usage, "the world file \(path) cannot be read")
            }
            configuration.world = Array(data)
        }
        DemoFolders.removeLeftOver()
        var template = Array("\(NSTemporaryDirectory())/zosh-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ZoshError(
                .local, "no throw-away folder can be made: \(String(cString: strerror(errno)).lowercased())")
        }
        // However the process ends by itself, the folder goes with it.
        atexit { Demo.sweep() }
        let home = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        left.withLock { $0 = home }
        do {
            return Demo(emulator: try await Emulator.start(configuration), home: home, mark: try DemoFolders.mark(home))
        } catch {
            sweep()
            throw ZoshError(.usage, "the emulator cannot start: \(error)")
        }
    }

    /// The settings of a user whose only data centre is the emulator.
    func settings() throws -> Settings {
        let keyFile = home + "/key"
        do { try KeyFile.generate(at: keyFile) } catch { throw ZoshError(error) }
        var settings = Settings()
        settings.clientID = emulator.announcement.client_id
        settings.clientSecret = Secret(copying: emulator.announcement.client_secret)
        settings.clientSource = "the emulator"
        settings.home = home + "/home"
        settings.isThrownAway = true
        settings.keyFile = keyFile
        settings.ownAccounts = emulator.announcement.accounts
        settings.ownAPI = emulator.announcement.api
        return settings
    }

    func end() async {
        await emulator.stop()
        Self.sweep()
    }

    private static let left = Mutex<String?>(nil)

    private static func sweep() {
        let home = left.withLock { left in
            defer { left = nil }
            return left
        }
        if let home { try? FileManager.default.removeItem(atPath: home) }
    }
}
