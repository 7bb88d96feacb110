internal import Foundation
internal import Glibc
internal import Testing
internal import ZoshKit
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
        #expect(error?.remedy == "Run `chmod 600 \(place.keyFile)`.")
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
}
