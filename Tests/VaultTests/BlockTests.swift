internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct BlockTests {
    private let blocks: [[UInt8]] = (0..<4).map { [UInt8](repeating: UInt8($0), count: 100_000) }

    @Test func `blocks come back in order, whole and empty ones included`() async throws {
        let store = try await Place().makeStore()
        let owner = RecordID()
        let given = blocks + [[]]
        try await store.write { [given] in try $0.replaceBlocks(.directory, owner: owner, with: given) }
        #expect(try await store.read { try $0.readBlocks(.directory, owner: owner) } == given)
        #expect(try await store.read { try $0.readBlocks(.directory, owner: RecordID()) }.isEmpty)
        #expect(try await store.read { try $0.owners(.directory) } == [owner])
    }

    @Test func `replacing leaves nothing of what was there`() async throws {
        let store = try await Place().makeStore()
        let owner = RecordID()
        try await store.write { [blocks] in try $0.replaceBlocks(.directory, owner: owner, with: blocks) }
        try await store.write { try $0.replaceBlocks(.directory, owner: owner, with: [[9]]) }
        #expect(try await store.read { try $0.readBlocks(.directory, owner: owner) } == [[9]])
        #expect(try await store.status()?.counts == [.directory: 1])
    }

    @Test func `owners do not disturb each other`() async throws {
        let store = try await Place().makeStore()
        let owners = [RecordID(), RecordID()]
        try await store.write {
            try $0.replaceBlocks(.directory, owner: owners[0], with: [[1]])
            try $0.replaceBlocks(.directory, owner: owners[1], with: [[2]])
        }
        try await store.write { try $0.deleteBlocks(.directory, owner: owners[0]) }
        #expect(try await store.read { try $0.readBlocks(.directory, owner: owners[1]) } == [[2]])
        #expect(try await store.read { try $0.readBlocks(.directory, owner: owners[0]) }.isEmpty)
    }

    @Test func `a replacement that fails leaves the old blocks`() async throws {
        struct Declined: Error {}
        let store = try await Place().makeStore()
        let owner = RecordID()
        try await store.write { [blocks] in try $0.replaceBlocks(.directory, owner: owner, with: blocks) }
        await #expect(throws: Declined.self) {
            try await store.write {
                try $0.replaceBlocks(.directory, owner: owner, with: [[9]])
                throw Declined()
            }
        }
        #expect(try await store.read { try $0.readBlocks(.directory, owner: owner) } == blocks)
    }
}
