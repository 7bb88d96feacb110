import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// A locked shell, read from outside as a debugger of root would.
@Suite("Memory of a locked shell", .serialized)
struct LockedMemoryTests {
    /// zosh is not dumpable, so only root can look.
    @Test("After vault lock neither a token nor the passphrase is anywhere in the process", .enabled(if: geteuid() == 0, "only root may read another process"))
    @TerminalActor func locked() async throws {
        var program = try await Program.signedIn()
        let passphrase = "passphrase-\(UUID().uuidString)"
        let added = try await program.run(["vault", "slots", "add", "passphrase"], input: passphrase + "\n")
        try #require(added.status == 0, "\(added.errors)")
        program.environment["ZOSH_KEY_FILE"] = nil
        await program.emulator.expireAccessTokens()

        let terminal = try program.shell()
        try terminal.expect("zosh (locked)>")
        terminal.type("users count type=CurrentUser\r")
        try terminal.expect("Passphrase:")
        terminal.type(passphrase + "\r")
        try terminal.expect("acme own#")
        terminal.type("users list | count\r")
        try terminal.expect("the count") { $0.lines.contains("   12") }
        let open = try ProcessMemory(of: terminal.process)
        #expect(open.holdsToken, "positive control: a shell at work holds tokens")

        terminal.type("vault lock\r")
        try terminal.expect("zosh (locked)>")
        let shut = try ProcessMemory(of: terminal.process)
        #expect(!shut.holdsToken)
        #expect(!shut.contains(passphrase))
        terminal.type("\u{04}")
        #expect(try terminal.exit() == 0)
        await program.close()
    }
}

/// The writable memory of another process.
struct ProcessMemory {
    private let regions: [Data]

    init(of process: pid_t) throws {
        let memory = try FileHandle(forReadingFrom: URL(filePath: "/proc/\(process)/mem"))
        let maps = try String(contentsOfFile: "/proc/\(process)/maps", encoding: .utf8)
        regions = maps.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ")
            let bounds = parts[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
            guard parts[1].hasPrefix("rw"), (try? memory.seek(toOffset: bounds[0])) != nil else { return nil }
            return try? memory.read(upToCount: Int(bounds[1] - bounds[0]))
        }
    }

    func contains(_ text: String) -> Bool { regions.contains { $0.firstRange(of: Data(text.utf8)) != nil } }

    /// Whether something of the form of Zoho's tokens is there.
    var holdsToken: Bool {
        let start = Data("1000.".utf8)
        return regions.contains { region in
            var rest = region[...]
            while let found = rest.firstRange(of: start) {
                // A token is 70 characters; a little more does no harm.
                let text = String(decoding: region[found.lowerBound..<min(found.lowerBound + 80, region.endIndex)], as: UTF8.self)
                if text.prefixMatch(of: Secrets.token) != nil { return true }
                rest = region[found.upperBound...]
            }
            return false
        }
    }
}
