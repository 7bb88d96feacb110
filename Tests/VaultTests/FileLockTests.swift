internal import Foundation
internal import Glibc
internal import Testing

@testable internal import Vault

@Suite struct FileLockTests {
    @Test func `one holder at a time, also within a process`() throws {
        let place = try Place()
        let path = place.path + "/lock"
        let held = try #require(try FileLock.tryAcquire(at: path))
        #expect(try FileLock.tryAcquire(at: path) == nil ? true : false)
        held.release()
        held.release()
        #expect(try FileLock.tryAcquire(at: path) != nil ? true : false)
        #expect(place.mode(of: path) == 0o600)
    }

    @Test func `a lock is released with its last reference`() throws {
        let place = try Place()
        do { _ = try #require(try FileLock.tryAcquire(at: place.path + "/lock")) }
        _ = try #require(try FileLock.tryAcquire(at: place.path + "/lock"))
    }

    /// Those of this process that lead to a file, whatever their number: other tests may hold thousands.
    private func descriptors(of path: String) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter { descriptor in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")) == path
        }.compactMap { Int32($0) }
    }

    enum End: CaseIterable { case byHand, twice, lastReference }

    /// A program that is being started has a copy of every descriptor until it runs, however close-on-exec they are.
    @Test(arguments: End.allCases) func `a lock that is given back is free although a copy is left`(end: End) throws {
        let place = try Place()
        let path = place.path + "/lock"
        var held = try FileLock.tryAcquire(at: path)
        let copies = try descriptors(of: path).map { fcntl($0, F_DUPFD_CLOEXEC, 0) }
        #expect(copies.count == 1)
        if end != .lastReference { held?.release() }
        if end == .twice { held?.release() }
        held = nil
        let next = try FileLock.tryAcquire(at: path)
        // The copy, closed late, does not take the next holder's lock away.
        for copy in copies { close(copy) }
        #expect(try FileLock.tryAcquire(at: path) == nil ? true : false)
        try #require(next != nil ? true : false)
        next?.release()
    }

    @Test func `a waiter gets the lock when it is released`() async throws {
        let place = try Place()
        let held = try #require(try FileLock.tryAcquire(at: place.path + "/lock"))
        async let waiting = FileLock.acquire(at: place.path + "/lock")
        held.release()
        try await waiting.release()
    }

    @Test func `waiting ends after its time`() async throws {
        let place = try Place()
        let held = try #require(try FileLock.tryAcquire(at: place.path + "/lock"))
        await #expect(throws: VaultError.self) {
            _ = try await FileLock.acquire(at: place.path + "/lock", timeout: .milliseconds(5))
        }
        #expect(throws: VaultError.self) {
            _ = try FileLock.wait(at: place.path + "/lock", timeout: .milliseconds(5))
        }
        held.release()
    }

    @Test func `a cancelled waiter stops waiting`() async throws {
        let place = try Place()
        let held = try #require(try FileLock.tryAcquire(at: place.path + "/lock"))
        let waiting = Task { try await FileLock.acquire(at: place.path + "/lock") }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { _ = try await waiting.value }
        held.release()
    }

    @Test func `locks are not inherited by programs we start`() throws {
        let place = try Place()
        let held = try #require(try FileLock.tryAcquire(at: place.path + "/lock"))
        let ours = try descriptors(of: place.path + "/lock")
        #expect(ours.count == 1)
        for descriptor in ours { #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0) }
        held.release()
    }

    @Test func `each record has its own lock`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let (one, two) = (RecordID(), RecordID())
        let first = try await store.lock(for: one)
        let second = try await store.lock(for: two)
        await #expect(throws: VaultError.self) { _ = try await store.lock(for: one, timeout: .milliseconds(5)) }
        first.release()
        try await store.lock(for: one).release()
        second.release()
    }
}
