internal import Foundation
internal import Glibc
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct KeyFileTests {
    @Test func `a generated key file is private, well formed and read back`() throws {
        let place = try Place()
        let line = String(decoding: try place.bytes(place.keyFile), as: UTF8.self)
        #expect(place.mode(of: place.keyFile) == 0o600)
        #expect(line.hasPrefix("zosh-key-v1:"))
        #expect(line.hasSuffix("\n"))
        #expect(line.count == 12 + 64 + 1 + 8 + 1)
        let key = try KeyFile.read(at: place.keyFile)
        #expect(key.count == 32)
        #expect(line.contains(Hexadecimal.encode(key.withUnsafeBytes { Array($0) })))
    }

    @Test func `a key file is never overwritten`() throws {
        let place = try Place()
        let before = try place.bytes(place.keyFile)
        #expect(throws: VaultError.fileExists(path: place.keyFile)) {
            try KeyFile.generate(at: place.keyFile)
        }
        #expect(try place.bytes(place.keyFile) == before)
    }

    enum Damage: CaseIterable {
        case truncated, empty, digitChanged, otherPrefix, trailingText, binary

        func done(to line: [UInt8]) -> [UInt8] {
            switch self {
            case .truncated: line.dropLast(20)
            case .empty: []
            case .digitChanged: line.prefix(20) + [line[20] == 48 ? 49 : 48] + line.dropFirst(21)
            case .otherPrefix: Array("zosh-key-v2:".utf8) + line.dropFirst(12)
            case .trailingText: line + Array("more".utf8)
            case .binary: [UInt8](repeating: 0, count: 85)
            }
        }
    }

    @Test(arguments: Damage.allCases)
    func `a damaged key file is told from a wrong one`(damage: Damage) throws {
        let place = try Place()
        try place.write(damage.done(to: place.bytes(place.keyFile)), to: place.keyFile)
        #expect(throws: VaultError.keyFile(path: place.keyFile, "is malformed or cut short")) {
            try KeyFile.read(at: place.keyFile)
        }
    }

    @Test func `a key file without its final newline is still good`() throws {
        let place = try Place()
        try place.write(place.bytes(place.keyFile).dropLast(), to: place.keyFile)
        #expect(try KeyFile.read(at: place.keyFile).count == 32)
    }

    @Test func `a missing key file says so`() throws {
        let place = try Place()
        #expect(throws: VaultError.keyFile(path: place.path + "/none", "does not exist")) {
            try KeyFile.read(at: place.path + "/none")
        }
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o620, 0o610] as [mode_t])
    func `a key file that others may touch is refused with the fix`(mode: mode_t) throws {
        let place = try Place()
        chmod(place.keyFile, mode)
        let error = #expect(throws: VaultError.self) { try KeyFile.read(at: place.keyFile) }
        #expect(error?.remedy == "run `chmod 600 \(place.keyFile)`")
    }

    @Test func `links, pipes and directories are no key files`() throws {
        let place = try Place()
        let link = place.path + "/link"
        symlink(place.keyFile, link)
        let pipe = place.path + "/pipe"
        mkfifo(pipe, 0o600)
        for path in [link, pipe, place.path] {
            let error = #expect(throws: VaultError.self) { try KeyFile.read(at: path) }
            guard case .insecure = error else {
                Issue.record("\(path): \(String(describing: error))")
                continue
            }
        }
    }

    // MARK: Mounted secrets

    /// A folder as Kubernetes mounts a secret: `key` → `..data/key`, `..data` → `..2026_06_15`, all of it root's.
    private func mountedSecret(mode: mode_t = 0o400) throws -> (place: Place, folder: String) {
        let place = try Place()
        let folder = place.path + "/mounted"
        // Whatever the umask says.
        for path in [folder, folder + "/..2026_06_15"] {
            mkdir(path, 0o755)
            chmod(path, 0o755)
        }
        try place.write(place.bytes(place.keyFile), to: folder + "/..2026_06_15/key", mode: mode)
        symlink("..2026_06_15", folder + "/..data")
        symlink("..data/key", folder + "/key")
        return (place, folder)
    }

    @Test func `a link is followed inside one folder that is root's and that nobody else can change`() throws {
        guard geteuid() == 0 else { return }
        let (place, folder) = try mountedSecret()
        let key = try KeyFile.read(at: place.keyFile)
        #expect(key.matches(try KeyFile.read(at: folder + "/key")))
        #expect(key.matches(try KeyFile.read(at: folder + "/..data/key")))
        // A writable mount of mode 1777 is anybody's to change; one that is mounted for reading only is not.
        chmod(folder, 0o1777)
        #expect(throws: VaultError.self) { try KeyFile.read(at: folder + "/key") }
    }

    enum Trap: CaseIterable {
        case outside, absolute, othersLink, othersFolder, groupFolder, othersFile, openFile, looped, missing
    }

    @Test(arguments: Trap.allCases)
    func `any other link is refused, and the way out named`(trap: Trap) throws {
        guard geteuid() == 0 else { return }
        let (place, folder) = try mountedSecret(mode: trap == .openFile ? 0o444 : 0o400)
        let (link, file) = (folder + "/key", folder + "/..2026_06_15/key")
        func leads(to target: String) {
            unlink(link)
            symlink(target, link)
        }
        switch trap {
        case .outside: leads(to: "../key")
        case .absolute: leads(to: place.keyFile)
        case .othersLink: lchown(link, 4711, 4711)
        case .othersFolder: chown(folder, 4711, 4711)
        case .groupFolder: chmod(folder, 0o775)
        case .othersFile: chown(file, 4711, 4711)
        case .openFile: break
        case .looped: leads(to: "key")
        case .missing: unlink(file)
        }
        let error = try #require(throws: VaultError.self) { try KeyFile.read(at: link) }
        if trap == .missing {
            #expect(error == .keyFile(path: link, "does not exist"))
        } else {
            #expect(error.remedy?.contains("ZOSH_KEY_COMMAND") == true, "\(error)")
        }
    }

    @Test(
        arguments: [(0o400, true), (0o440, true), (0o444, false), (0o460, false), (0o404, false)] as [(mode_t, Bool)])
    func `root's file serves a user it is open to, and no other`(mode: mode_t, serves: Bool) async throws {
        guard geteuid() == 0 else { return }
        let (place, folder) = try mountedSecret(mode: mode)
        // The group is how the mount lets the user in; 0400 is readable by an access list, which this test is root for.
        for name in [place.path, Place.parent] { chmod(name, 0o755) }
        chown(folder + "/..2026_06_15/key", 0, 4711)
        let link = folder + "/key"
        await #expect(processExitsWith: .success) {
            [link = link as String, serves = serves as Bool, mode = mode as mode_t] in
            // As a user, but one that may still read root's own files.
            #expect(setegid(4711) == 0 && (mode == 0o440 ? seteuid(4711) : 0) == 0)
            #expect(((try? KeyFile.read(at: link)) != nil) == serves)
        }
    }
}
