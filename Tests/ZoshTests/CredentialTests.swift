import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

@testable import zosh

/// The key file that systemd hands to a service as its credential `zosh-key`.
@Suite("The credential of a service")
struct CredentialTests {
    private func credentials(of program: Program) throws -> URL {
        let folder = program.home.appending(path: "credentials")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test("zosh-key opens the store where no key file is named")
    func opens() async throws {
        var program = try await Program.signedIn()
        let folder = try credentials(of: program)
        try FileManager.default.moveItem(
            at: program.home.appending(path: "key"), to: folder.appending(path: "zosh-key"))
        program.environment["ZOSH_KEY_FILE"] = nil
        #expect(try await program.run(["-c", "users list | count"]).status == 4)
        program.environment["CREDENTIALS_DIRECTORY"] = folder.path
        let opened = try await program.run(["-c", "users list | count"])
        #expect(opened.status == 0 && opened.output == "12\n", "\(opened.errors)")
        await program.close()
    }

    @Test("A credential that others may read is refused, and the key command is not asked in its place")
    func open() async throws {
        var program = try await Program.signedIn()
        let folder = try credentials(of: program)
        let key = folder.appending(path: "zosh-key")
        try FileManager.default.moveItem(at: program.home.appending(path: "key"), to: key)
        chmod(key.path, 0o644)
        let asked = program.home.appending(path: "asked")
        program.environment["ZOSH_KEY_FILE"] = nil
        program.environment["CREDENTIALS_DIRECTORY"] = folder.path
        program.environment["ZOSH_KEY_COMMAND"] = "touch '\(asked.path)'; echo correct horse"
        let refused = try await program.run(["-c", "users list | count"])
        #expect(refused.status != 0 && refused.errors.contains("zosh-key"), "\(refused.errors)")
        #expect(!FileManager.default.fileExists(atPath: asked.path))
        await program.close()
    }

    @Test("ZOSH_KEY_FILE comes first; a folder without zosh-key, or a part of a path, is none")
    func order() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zosh-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func keyFile(_ environment: [String: String]) -> String? {
            Settings.load { environment[$0] }.keyFile
        }
        let credentials = ["CREDENTIALS_DIRECTORY": folder.path]
        #expect(keyFile(credentials) == nil)
        #expect(keyFile(["CREDENTIALS_DIRECTORY": folder.path + "/gone"]) == nil)
        // Where a link leads is for the one who opens it to judge.
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/zosh-key", withDestinationPath: "nowhere")
        #expect(keyFile(credentials) == folder.path + "/zosh-key")
        #expect(keyFile(["CREDENTIALS_DIRECTORY": "credentials"]) == nil)
        #expect(keyFile(credentials.merging(["ZOSH_KEY_FILE": "/k"]) { $1 }) == "/k")
    }
}
