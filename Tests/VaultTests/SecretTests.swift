internal import Testing

@testable internal import ZoshTrust

@Suite struct SecretTests {
    @Test(arguments: [0, 1, 31, 32, 33, 200, 5000])
    func `a secret holds the bytes it was given`(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let secret = Secret(bytes)
        #expect(secret.count == count)
        #expect(secret.isEmpty == (count == 0))
        #expect(secret.withUnsafeBytes { Array($0) } == bytes)
        #expect(secret.matches(bytes))
    }

    @Test func `bytes of a sequence without storage are copied too`() {
        let secret = Secret(sequence(first: UInt8(1)) { $0 < 9 ? $0 + 1 : nil })
        #expect(secret.withUnsafeBytes { Array($0) } == [1, 2, 3, 4, 5, 6, 7, 8, 9])
    }

    @Test func `no way of printing shows the bytes`() {
        let secret = Secret(copying: "1000.hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        for shown in [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\([secret])", "\(["k": secret])",
            "\(Optional(secret) as Any)", dumped,
        ] {
            #expect(!shown.contains("hunter2"), "\(shown)")
            #expect(!shown.contains("49"), "no digit of the bytes either")
        }
        #expect("\(secret)" == "‹secret›")
    }

    @Test func `it cannot be encoded`() {
        #expect(!(Secret(copying: "x") as Any is any Encodable))
    }

    @Test func `revealing is text exactly as given`() {
        let secret = Secret(copying: "pässwörd 🗝")
        #expect(secret.revealed() == "pässwörd 🗝")
        #expect(secret.withString { $0.count } == 10)
    }

    @Test func `wiping empties every copy`() {
        let secret = Secret(copying: "token")
        let copy = secret
        secret.wipe()
        #expect(copy.isEmpty)
        #expect(copy.revealed() == "")
        secret.wipe()
        #expect(!copy.matches(Secret(copying: "token")))
    }

    @Test func `a reader keeps its bytes while somebody wipes`() {
        let secret = Secret(copying: "token")
        secret.withUnsafeBytes { bytes in
            secret.wipe()
            #expect(Array(bytes) == Array("token".utf8))
        }
        #expect(secret.isEmpty)
    }

    @Test(arguments: [("a", "a", true), ("a", "b", false), ("a", "aa", false), ("", "", true), ("", "a", false)])
    func `matching compares whole secrets`(left: String, right: String, same: Bool) {
        #expect(Secret(copying: left).matches(Secret(copying: right)) == same)
        #expect(Secret(copying: left).matches(right.utf8) == same)
    }

    @Test func `a secret matches itself while it is being read`() {
        let secret = Secret(copying: "token")
        #expect(secret.withUnsafeBytes { _ in secret.matches(secret) })
    }

    @Test func `bulk may stay out of locked memory`() {
        #expect(!Secret(copying: "history line", locked: false).isLocked)
    }

    @Test func `random secrets differ`() {
        let secrets = (0..<20).map { _ in Secret.random(count: 16) }
        let distinct = Set(secrets.map { $0.withUnsafeBytes { Array($0) } })
        #expect(distinct.count == 20)
    }
}

@Suite struct SecretArenaTests {
    @Test func `pieces do not overlap and come back zeroed`() throws {
        let arena = SecretArena(capacity: 4096)
        let first = try #require(arena.allocate(33))
        let second = try #require(arena.allocate(64))
        #expect(abs(second - first) >= 64)
        first.storeBytes(of: 0xFF, as: UInt8.self)
        arena.release(first, count: 33)
        let again = try #require(arena.allocate(40))
        #expect(again == first)
        #expect(again.load(as: UInt8.self) == 0)
        arena.release(again, count: 40)
        arena.release(second, count: 64)
    }

    @Test func `a full arena says no and has room again after a release`() throws {
        let arena = SecretArena(capacity: 4096)
        let all = try #require(arena.allocate(4096))
        #expect(arena.allocate(1) == nil)
        arena.release(all, count: 4096)
        let one = try #require(arena.allocate(1))
        arena.release(one, count: 1)
        #expect(arena.allocate(0) == nil)
        #expect(arena.allocate(4097) == nil)
    }

    @Test func `an arena that may not be locked hands out nothing`() {
        // Rounded to pages this is more than any address space holds.
        let arena = SecretArena(capacity: Int.max - 4095)
        #expect(arena.allocate(1) == nil)
    }
}
