import Foundation
import Glibc
import Testing
import ZohoEmulator
import ZoshTesting

/// The key file as a server has it: read-only, root's, reached through links.
@Suite("A key file that is mounted")
struct MountedKeyTests {
    /// A key of `program` in a folder as Kubernetes mounts a secret: `key` → `..data/key`, `..data` → a dated folder.
    private func mounted(_ program: Program, mode: mode_t, group: gid_t = 0) throws -> String {
        let folder = program.home.appending(path: "secret").path
        // Whatever the umask says.
        for path in [folder, folder + "/..2026_06_15_12_00"] {
            mkdir(path, 0o755)
            chmod(path, 0o755)
        }
        let file = folder + "/..2026_06_15_12_00/key"
        try FileManager.default.copyItem(atPath: program.home.appending(path: "key").path, toPath: file)
        chown(file, 0, group)
        chmod(file, mode)
        symlink("..2026_06_15_12_00", folder + "/..data")
        symlink("..data/key", folder + "/key")
        return folder + "/key"
    }

    /// Signed in as root, then everything but the key handed to `nobody`.
    private func program(ofNobody mode: mode_t, group: gid_t) async throws -> Program {
        var program = try await Program.signedIn()
        let key = try mounted(program, mode: mode, group: group)
        chmod(program.home.path, 0o755)
        OtherUser.nobody.own(program.home.appending(path: "zosh"))
        program.environment["ZOSH_KEY_FILE"] = key
        return program
    }

    private func runAsNobody(_ program: Program, _ arguments: [String]) async throws -> Program.Ending {
        let words = OtherUser.nobody.words + [try BuiltProduct.path("zosh")] + arguments
        return await Program.ending(
            of: try ChildProcess(
                words[0], Array(words.dropFirst()), environment: program.environment, folder: program.home.path))
    }

    @Test(
        "opens the store on a mount that is read-only, and nothing is written beside it",
        .enabled(if: OwnMounts.arePermitted, OwnMounts.reason),
        arguments: [["users", "count"], ["-c", "users list limit=1 | users update city=Pune --yes | count"]])
    func readOnly(arguments: [String]) async throws {
        var program = try await Program.signedIn()
        let folder = program.home.appending(path: "keys").path
        mkdir(folder, 0o700)
        try FileManager.default.moveItem(
            atPath: program.home.appending(path: "key").path, toPath: folder + "/key")
        program.environment["ZOSH_KEY_FILE"] = folder + "/key"
        let mount = "mount --bind '\(folder)' '\(folder)' && mount -o remount,bind,ro '\(folder)'"
        let ending = try await OwnMounts.run(program, arguments, after: mount)
        #expect(ending.status == 0 && !ending.output.isEmpty, "\(ending)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["key"])

        let made = try await OwnMounts.run(program, ["vault", "keygen", folder + "/other"], after: mount)
        #expect(made.status != 0 && made.errors.contains("/keys/other cannot be written"), "\(made)")
        await program.close()
    }

    @Test(
        "as Kubernetes links it opens the store for root", .enabled(if: geteuid() == 0, OtherUser.reason),
        arguments: [0o400, 0o440, 0o600] as [mode_t])
    func root(mode: mode_t) async throws {
        var program = try await Program.signedIn()
        program.environment["ZOSH_KEY_FILE"] = try mounted(program, mode: mode)
        let ending = try await program.run(["users", "count"])
        // 0440 opens it to root's group: of one's own file nobody else may read anything.
        #expect((ending.status == 0) == (mode != 0o440), "\(ending)")
        if ending.status != 0 { #expect(ending.errors.contains("0400"), "\(ending)") }
        await program.close()
    }

    @Test(
        "that is root's, with the group of the service's user, opens the store for that user",
        .enabled(if: OtherUser.isPossible, OtherUser.reason))
    func group() async throws {
        let program = try await program(ofNobody: 0o440, group: OtherUser.nobody.group)
        let ending = try await runAsNobody(program, ["users", "count"])
        #expect(ending.status == 0 && ending.output == "AllUsers\t12\n", "\(ending)")
        await program.close()
    }

    @Test(
        "that this user may not read, or everybody may, is refused, and the ways out are named",
        .enabled(if: OtherUser.isPossible, OtherUser.reason),
        arguments: [(0o400, 0), (0o440, 0), (0o444, 0), (0o460, 65_534)] as [(mode_t, gid_t)])
    func refused(mode: mode_t, group: gid_t) async throws {
        let program = try await program(ofNobody: mode, group: group)
        let ending = try await runAsNobody(program, ["users", "count"])
        #expect(ending.status != 0 && ending.output.isEmpty, "\(ending)")
        #expect(ending.errors.contains("ZOSH_KEY_COMMAND"), "\(ending)")
        await program.close()
    }
}
