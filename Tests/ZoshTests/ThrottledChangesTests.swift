import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// The real program while Zoho or the disk has no room.
@Suite("Changes for which there is no room", .serialized)
struct ThrottledChangesTests {
    private static let line =
        "users list type=ActiveConfirmedUsers limit=15 | users update city=Bern --yes --at-most 1000"

    @Test("A burst that Zoho throttles halves how many are under way at once, and every change is made")
    func throttled() async throws {
        let program = try await Program.signedIn(users: 40) {
            $0.faults = (1...3).map { "429=1:#\($0)@updateUser" }.joined(separator: ",")
        }
        let gate = program.emulator.hold(.updateUser)
        let child = try program.start(["-c", Self.line])
        // As many as the smallest edition allows leave together; three of them are throttled.
        await gate.arrivals(5)
        let second = program.emulator.hold(.updateUser)
        gate.release()
        try await Patience.wait { program.emulator.requestCount(.updateUser) >= 5 }
        // What is counted from here on follows that.
        program.emulator.forgetRequests()
        await second.arrivals(2)
        second.release()
        let ending = await Program.ending(of: child)
        #expect(program.emulator.highestConcurrency == 2)
        #expect(program.emulator.recentRequests.allSatisfy { $0.status != 429 })
        let done = ending.output.split(separator: "\n").count { $0.contains("done") }
        let refused = ending.output.split(separator: "\n").count { $0.contains("refused") }
        #expect(done > 10 && done + refused == 15, "\(ending)")
        await program.close()
    }

    @Test("disk-full-before-intent: nothing is sent, and that is said", arguments: [1, 150])
    func diskFull(count: Int) async throws {
        let program = try await Program(users: 200)
        let home = program.home.appending(path: "zosh")
        try FileManager.default.createDirectory(
            at: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard geteuid() == 0,
            try ChildProcess("/bin/mount", ["-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", home.path]).ending()
                .status == 0
        else {
            print("skipped: a full file system needs root to mount a small one")
            return
        }
        defer { _ = try? ChildProcess("/bin/umount", ["-l", home.path]).ending() }
        let login = try await program.run(
            ["auth", "login", "acme", "--self-client"], input: program.emulator.announcement.grant_code + "\n")
        #expect(login.status == 0, "\(login.errors)")
        let filler = home.appending(path: "filler")
        #expect(FileManager.default.createFile(atPath: filler.path, contents: nil))
        let file = try FileHandle(forWritingTo: filler)
        for size in [65536, 4096, 1] { while (try? file.write(contentsOf: Data(count: size))) != nil {} }
        try file.close()
        let line = "users list type=ActiveConfirmedUsers limit=\(count) | users update city=Bern --yes --at-most 1000"
        let ending = try await program.run(["-c", line])
        #expect(
            ending.status == 1 && ending.errors.contains("no space is left for the store; nothing was changed"),
            "\(ending)")
        #expect(program.emulator.requestCount(.updateUser) == 0)
        try FileManager.default.removeItem(at: filler)
        #expect(try await program.run(["-c", "jobs list"]).output.isEmpty)
        let again = try await program.run(["-c", line])
        #expect([0, 3].contains(again.status) && again.output.contains("done"), "\(again)")
        await program.close()
    }
}
