import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// A file zosh obeys must be its user's own, small and a file: nothing else is read, waited for or obeyed.
@Suite("Files that are obeyed")
struct UntrustedFileTests {
    /// What can stand in the place of a file.
    enum Kind: String, CaseIterable { case fifo, folder, huge, writableByOthers, writableByGroup }

    private static func put(_ kind: Kind, at path: String, _ text: String) throws {
        switch kind {
        case .fifo: #expect(mkfifo(path, 0o600) == 0)
        case .folder: #expect(mkdir(path, 0o700) == 0)
        case .huge:
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(truncate(path, 300 << 20) == 0)
            #expect(chmod(path, 0o600) == 0)
        case .writableByOthers, .writableByGroup:
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(chmod(path, kind == .writableByOthers ? 0o666 : 0o660) == 0)
        }
    }

    @Test(
        "A .env that cannot be trusted is a note; only a login that needs it fails, and no code becomes a client",
        arguments: Kind.allCases)
    func dotEnv(_ kind: Kind) async throws {
        var program = try await Program()
        let announced = program.emulator.announcement
        try Self.put(
            kind, at: program.home.appending(path: ".env").path, "ZOHO_CLIENT_ID=1000.EVIL\nZOHO_CLIENT_SECRET=evil\n")
        let version = try await program.run(["version"])
        #expect(version.status == 0, "\(version.errors)")
        #expect(version.errors.contains("./.env is not used"))
        let signedIn = try await program.run(
            ["auth", "login", "acme", "--self-client"], input: announced.grant_code + "\n")
        #expect(signedIn.status == 0, "\(signedIn.errors)")
        program.environment["ZOHO_CLIENT_ID"] = nil
        program.environment["ZOHO_CLIENT_SECRET"] = nil
        let refused = try await program.run(
            ["auth", "login", "other", "--self-client"], input: await program.emulator.issueGrantCode() + "\n")
        #expect(refused.status == 1, "\(refused.errors)")
        #expect(refused.errors.contains(".env"))
        #expect(!refused.errors.contains("Client id"))
        #expect(program.emulator.recentRequests.count { $0.route == .token } == 1)
        await program.close()
    }

    @Test("A .env of somebody else is not used")
    func foreign() async throws {
        guard geteuid() == 0 else { return }
        var program = try await Program()
        let path = program.home.appending(path: ".env").path
        try "ZOHO_CLIENT_ID=1000.EVIL\n".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(chmod(path, 0o644) == 0 && chown(path, 65534, 65534) == 0)
        program.environment["ZOHO_CLIENT_ID"] = nil
        let login = try await program.run(["auth", "login", "--self-client"], input: "code\n")
        #expect(login.status == 1 && login.errors.contains("by others"), "\(login.errors)")
        await program.close()
    }

    @Test("One's own .env is used, and said before anybody consents")
    func own() async throws {
        var program = try await Program()
        let announced = program.emulator.announcement
        let text =
            "\u{FEFF}export ZOHO_CLIENT_ID = '\(announced.client_id)'\r\n"
            + "ZOHO_CLIENT_SECRET=\"\(announced.client_secret)\" # of the console\r\n"
        try text.write(to: program.home.appending(path: ".env"), atomically: true, encoding: .utf8)
        program.environment["ZOHO_CLIENT_ID"] = nil
        program.environment["ZOHO_CLIENT_SECRET"] = nil
        let login = try await program.run(
            ["auth", "login", "acme", "--self-client"], input: announced.grant_code + "\n")
        #expect(login.status == 0, "\(login.errors)")
        #expect(login.errors.contains("From ./.env: client \(announced.client_id)"))
        #expect(!login.errors.contains(announced.client_secret))
        #expect(try await program.run(["-c", "whoami | select client_source"]).output == ".env\n")
        await program.close()
    }

    @Test("Nothing in the place of data-centres is waited for", arguments: Kind.allCases)
    func dataCentres(_ kind: Kind) async throws {
        let program = try await Program()
        let folder = program.home.appending(path: "zosh").path
        mkdir(folder, 0o700)
        try Self.put(kind, at: folder + "/data-centres", "xx https://accounts.example.com https://api.example.com\n")
        let ending = try await program.run(["version"])
        #expect(ending.status == 1 && ending.errors.contains("data-centres"), "\(ending.errors)")
        await program.close()
    }

    @Test("Nothing in the place of init.zosh keeps a shell from starting", arguments: Kind.allCases)
    @TerminalActor func initFile(_ kind: Kind) async throws {
        let program = try await Program()
        let folder = program.home.appending(path: "zosh").path
        mkdir(folder, 0o700)
        try Self.put(kind, at: folder + "/init.zosh", "let pwned = yes\n")
        let terminal = try program.shell(columns: 120)
        try terminal.expect("the note") { $0.contains("init.zosh") }
        terminal.type("version\r")
        try terminal.expect("the version") { $0.lines.contains { $0.contains("0.") } }
        terminal.type("\u{04}")
        #expect(try terminal.exit() == 0)
        await program.close()
    }
}
