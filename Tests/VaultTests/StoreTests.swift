internal import Foundation
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct StoreTests {
    @Test func `what was written is read again by another process`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let id = try await store.write { try $0.add(.grant, Secret(copying: "refresh 1000.abc")) }
        try await store.write { try $0.put(.setting, RecordID(), Secret(copying: "prompt")) }
        let other = try await place.openStore()
        let records = try await other.read(.grant)
        #expect(records.map(\.id) == [id])
        #expect(records.first?.body.text == "refresh 1000.abc")
        #expect(try await other.read(.grant, id)?.body.text == "refresh 1000.abc")
        #expect(try await other.read(.grant, RecordID()) == nil ? true : false)
        #expect(try await other.read(.client).isEmpty)
    }

    @Test func `putting replaces and deleting removes`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let id = RecordID()
        try await store.write { try $0.put(.client, id, Secret(copying: "old")) }
        try await store.write { try $0.put(.client, id, Secret(copying: "new")) }
        #expect(try await store.read(.client).map(\.body.text) == ["new"])
        #expect(try await store.write { try $0.delete(.client, id) })
        #expect(try await !store.write { try $0.delete(.client, id) })
        #expect(try await store.read(.client).isEmpty)
    }

    @Test func `kinds do not share ids`() async throws {
        let store = try await Place().makeStore()
        let id = RecordID()
        try await store.write {
            try $0.put(.client, id, Secret(copying: "client"))
            try $0.put(.grant, id, Secret(copying: "grant"))
        }
        #expect(try await store.read(.grant, id)?.body.text == "grant")
        #expect(try await store.read(.client, id)?.body.text == "client")
    }

    @Test func `a transaction that throws leaves nothing behind`() async throws {
        struct Declined: Error {}
        let store = try await Place().makeStore()
        let before = try await store.status()
        await #expect(throws: Declined.self) {
            try await store.write {
                try $0.add(.grant, Secret(copying: "never"))
                try $0.append(.history, Secret(copying: "never"))
                throw Declined()
            }
        }
        #expect(try await store.read(.grant).isEmpty)
        #expect(try await store.status() == before)
    }

    @Test func `a transaction sees what it wrote`() async throws {
        let store = try await Place().makeStore()
        let seen = try await store.write { transaction in
            let id = try transaction.add(.grant, Secret(copying: "a"))
            return try transaction.read(.grant, id)?.body.text
        }
        #expect(seen == "a")
    }

    @Test func `an empty body and a large one survive`() async throws {
        let store = try await Place().makeStore()
        let large = [UInt8](repeating: 7, count: 300_000)
        let ids = try await store.write {
            [try $0.add(.setting, Secret([])), try $0.add(.grant, Secret(large))]
        }
        #expect(try await store.read(.setting, ids[0])?.body.isEmpty == true)
        #expect(try await store.read(.grant, ids[1])?.body.matches(large) == true)
    }

    @Test func `grants lie in locked memory and history does not use it up`() async throws {
        let store = try await Place().makeStore()
        try await store.write {
            try $0.add(.grant, Secret(copying: "token"))
            try $0.append(.history, Secret(copying: "users list", locked: false))
        }
        #expect(try await store.read(.grant).first?.body.isLocked == true)
        #expect(try await store.read { try $0.readLog(.history) }.first?.body.isLocked == false)
    }

    @Test func `nothing is in clear on the disk`() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let needles = ["1000.aaaabbbbccccdddd", "ada@example.com", "Ada Lovelace", "users update"]
        let owner = try await store.write { try $0.add(.grant, Secret(copying: needles[0])) }
        try await store.write {
            try $0.replaceBlocks(.directory, owner: owner, with: [Array(needles[1].utf8), Array(needles[2].utf8)])
            try $0.append(.history, Secret(copying: needles[3]))
        }
        let files = place.files()
        #expect(files.count >= 3)
        for file in files {
            let bytes = Data(try place.bytes(file))
            for needle in needles { #expect(bytes.range(of: Data(needle.utf8)) == nil, "\(needle) in \(file)") }
        }
    }

    @Test func `two stores open on one directory see each other's commits`() async throws {
        let place = try Place()
        let first = try await place.makeStore()
        let second = try await place.openStore()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for store in [first, second] {
                for number in 0..<20 {
                    group.addTask {
                        try await store.write {
                            try $0.add(.setting, Secret(copying: "\(number)"))
                            try $0.append(.history, Secret(copying: "\(number)"))
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        for store in [first, second] {
            #expect(try await store.read(.setting).count == 40)
            #expect(try await store.read { try $0.readLog(.history).map(\.position) } == Array(0..<40))
        }
    }
}
