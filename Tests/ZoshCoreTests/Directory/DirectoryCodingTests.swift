import Testing
import ZoshKit

@testable import ZoshCore

struct DirectoryCodingTests {
    static let snapshot = DirectorySnapshot(
        people: Crowd.people(10_000) + [Person(id: "", name: "", email: "", role: "", profile: "", status: "")],
        roles: [NamedID(id: "1", name: "CEO")],
        profiles: [NamedID(id: "2", name: "Standard"), NamedID(id: "3", name: "管理者")],
        fetchedAt: 1_764_000_000)

    @Test func `what is written is read back, in blocks`() async throws {
        let blocks = DirectoryCoding.blocks(Self.snapshot, wholeAt: -5)
        #expect(blocks.count == 4)
        let content = try await DirectoryCoding.content(blocks)
        let (read, wholeAt) = (content.snapshot, content.wholeAt)
        #expect(read.people == Self.snapshot.people)
        #expect(read.roles == Self.snapshot.roles)
        #expect(read.profiles == Self.snapshot.profiles)
        #expect(read.fetchedAt == Self.snapshot.fetchedAt)
        #expect(wholeAt == -5)
    }

    @Test func `an empty directory is one block`() async throws {
        let blocks = DirectoryCoding.blocks(DirectorySnapshot(people: [], fetchedAt: 1), wholeAt: 1)
        #expect(blocks.count == 1)
        #expect(try await DirectoryCoding.content(blocks).snapshot.people.isEmpty)
    }

    @Test func `cut or damaged blocks are an error or other people, never a trap`() async throws {
        let small = DirectorySnapshot(people: Crowd.people(5), roles: [NamedID(id: "1", name: "CEO")], fetchedAt: 1)
        let blocks = DirectoryCoding.blocks(small, wholeAt: 1)
        for index in blocks.indices {
            for count in blocks[index].indices {
                var cut = blocks
                cut[index] = Array(blocks[index].prefix(count))
                await #expect(throws: (any Error).self) { try await DirectoryCoding.content(cut) }
            }
            for position in blocks[index].indices {
                for bit in 0..<8 {
                    var damaged = blocks
                    damaged[index][position] ^= 1 << UInt8(bit)
                    _ = try? await DirectoryCoding.content(damaged)
                }
            }
        }
        await #expect(throws: (any Error).self) { try await DirectoryCoding.content([]) }
        await #expect(throws: (any Error).self) {
            try await DirectoryCoding.content([[UInt8](repeating: 0xFF, count: 40)])
        }
    }
}
