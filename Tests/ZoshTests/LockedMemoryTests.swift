import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// A locked shell, read from outside as a debugger of root would.
@Suite("Memory of a locked shell", .serialized)
struct LockedMemoryTests {
    /// zosh is not dumpable, so only root can look.
    @Test(
        "After vault lock neither a token nor the passphrase is anywhere in the process",
        .enabled(if: geteuid() == 0, "only root may read another process"))
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
        try terminal.expect("the lock") { $0.lines.last == "zosh (locked)>" }
        // What ran in the background when the lock came (people are fetched for completion) may still be on its way
        // out.
        var shut = open
        try await Patience.wait {
            shut = try ProcessMemory(of: terminal.process)
            return !shut.holdsToken
        }
        #expect(!shut.holdsToken)
        #expect(shut.isWhole && open.isWhole)
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
        let memory = Glibc.open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0 else { throw CocoaError(.fileReadNoPermission) }
        defer { close(memory) }
        // Foundation's own ways to read a file end with the first page of this one.
        let list = Glibc.open("/proc/\(process)/maps", O_RDONLY | O_CLOEXEC)
        defer { close(list) }
        let maps = String(decoding: Self.bytes(0..<1 << 20, of: list), as: UTF8.self)
        regions = maps.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ")
            let bounds = parts[0].split(separator: "-").compactMap { Int($0, radix: 16) }
            guard parts[1].hasPrefix("rw") else { return nil }
            return Self.bytes(bounds[0]..<bounds[1], of: memory)
        }
    }

    /// What can be read of a region.
    private static func bytes(_ region: Range<Int>, of memory: CInt) -> Data {
        let bytes = [UInt8](unsafeUninitializedCapacity: region.count) { room, filled in
            while filled < region.count, let start = room.baseAddress {
                let count = pread(memory, start + filled, region.count - filled, off_t(region.lowerBound + filled))
                guard count > 0 else { return }
                filled += count
            }
        }
        return Data(bytes)
    }

    func contains(_ text: String) -> Bool { !places(of: text).isEmpty }

    /// Whether the stacks of its threads are there, which lie behind everything else.
    var isWhole: Bool { regions.count { $0.count > 1 << 20 } > 3 }

    /// Whether something of the form of Zoho's tokens is there.
    var holdsToken: Bool {
        // A token is 70 characters; a little more does no harm.
        places(of: "1000.").contains {
            String(decoding: $0.prefix(80), as: UTF8.self).prefixMatch(of: Secrets.token) != nil
        }
    }

    /// What follows each occurrence of a text, itself included.
    private func places(of text: String) -> [Data] {
        let wanted = Array(text.utf8)
        return regions.flatMap { region in
            region.withUnsafeBytes { bytes in
                var found: [Data] = []
                guard let start = bytes.baseAddress else { return found }
                var offset = 0
                while offset + wanted.count <= bytes.count,
                    let hit = memchr(start + offset, Int32(wanted[0]), bytes.count - offset - wanted.count + 1)
                {
                    offset = UnsafeRawPointer(hit) - start
                    let candidate = bytes[offset..<min(offset + 80, bytes.count)]
                    if memcmp(start + offset, wanted, wanted.count) == 0 { found.append(Data(candidate)) }
                    offset += 1
                }
                return found
            }
        }
    }
}
