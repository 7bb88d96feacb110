internal import Foundation
internal import Glibc
internal import Testing
internal import ZoshTesting
internal import ZoshTrust

@testable internal import Vault

@Suite struct SpillTests {
    @Test func `chunks come back as they were, in any order`() throws {
        let spill = try SealedSpill(in: Place().path)
        let chunks = [[], [7], [UInt8]("ada@example.com".utf8), (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }]
        let places = try chunks.map { try spill.append($0) }
        for (place, chunk) in zip(places, chunks).reversed() {
            #expect(try spill.read(place) == chunk)
            #expect(place.byteCount == chunk.count)
        }
        #expect(spill.byteCount == chunks.reduce(0) { $0 + Int64($1.count) + 28 })
    }

    @Test func `the file has no name and shows nothing`() throws {
        let place = try Place()
        let before = place.files()
        let spill = try SealedSpill(in: place.path)
        let text = "ada@example.com has a very private row"
        _ = try spill.append([UInt8](text.utf8))
        #expect(place.files() == before)
        let number = try #require(try descriptor(below: place.path))
        var about = stat()
        #expect(fstat(number, &about) == 0)
        #expect(about.st_nlink == 0)
        #expect(about.st_mode & 0o077 == 0)
        #expect(fcntl(number, F_GETFD) & FD_CLOEXEC != 0)
        let whole = try content(of: number, count: Int(about.st_size))
        #expect(whole.count == text.utf8.count + 28)
        #expect(whole.range(of: Data("private".utf8)) == nil)
        _ = spill
    }

    @Test func `a change, an exchange and a foreign chunk are noticed`() throws {
        let place = try Place()
        let spill = try SealedSpill(in: place.path)
        let (a, b) = (try spill.append([UInt8]("first chunk".utf8)), try spill.append([UInt8]("other chunk".utf8)))
        let number = try #require(try descriptor(below: place.path))
        let original = try content(of: number, count: Int(spill.byteCount))
        for index in original.indices {
            var changed = original
            changed[index] ^= 1
            #expect(changed.withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, 0) } == original.count)
            #expect(throws: VaultError.self, "byte \(index)") { try [a, b].map { try spill.read($0) } }
        }
        let exchanged = original.suffix(original.count / 2) + original.prefix(original.count / 2)
        #expect(exchanged.withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, 0) } == original.count)
        #expect(throws: VaultError.self) { try spill.read(a) }
        #expect(throws: VaultError.self) { try spill.read(b) }
        #expect(original.withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, 0) } == original.count)
        #expect(try spill.read(b) == [UInt8]("other chunk".utf8), "positive control")
        let stranger = try SealedSpill(in: place.path)
        let c = try stranger.append([UInt8]("first chunk".utf8))
        #expect(a == c)
        #expect(ftruncate(number, 10) == 0)
        #expect(throws: VaultError.self) { try spill.read(a) }
        #expect(try stranger.read(a) == [UInt8]("first chunk".utf8))
    }

    @Test func `several threads write and read at once`() async throws {
        let spill = try SealedSpill(in: Place().path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for number in 0..<50 {
                        let chunk = [UInt8](repeating: UInt8(task), count: number * 37)
                        let place = try spill.append(chunk)
                        guard try spill.read(place) == chunk else { throw VaultError.damaged("task \(task)") }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `a full file system is said, and what was written stays`() throws {
        let place = try Place()
        guard geteuid() == 0,
            try ChildProcess("/bin/mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", place.path]).ending().status == 0
        else {
            print("skipped: a full file system needs root to mount a small one")
            return
        }
        defer { _ = try? ChildProcess("/bin/umount", ["-l", place.path]).ending() }
        let spill = try SealedSpill(in: place.path)
        let first = try spill.append([UInt8](repeating: 1, count: 100_000))
        #expect(throws: VaultError.spillFull(path: place.path)) {
            try spill.append([UInt8](repeating: 2, count: 400_000))
        }
        #expect(try spill.read(first) == [UInt8](repeating: 1, count: 100_000))
    }

    @Test func `a directory that is not there is said`() throws {
        #expect(throws: VaultError.system("opening /nowhere/at/all/.", code: ENOENT)) {
            try SealedSpill(in: "/nowhere/at/all")
        }
    }

    /// Our descriptor of the unnamed file made below `path`.
    private func descriptor(below path: String) throws -> Int32? {
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return open.compactMap { Int32($0) }.first {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))?.hasPrefix(path + "/")
                == true
        }
    }

    private func content(of number: Int32, count: Int) throws -> Data {
        var bytes = Data(count: count)
        let got = bytes.withUnsafeMutableBytes { pread(number, $0.baseAddress, $0.count, 0) }
        return bytes.prefix(max(0, got))
    }
}
