import CLinux
import Glibc
import Vault
import ZohoClient
import ZoshKit
import ZoshTrust

/// The sealed store as ZohoClient wants to see it: grants by id.
struct SealedGrants: GrantStore {
    let storeSession: StoreSession

    func grant(_ id: Grant.ID) async throws -> Grant? {
        guard let store = try await storeSession.existing() else { return nil }
        return try await mapped { try await store.read(.grant, RecordID(grant: id)).map { try Grant($0) } }
    }

    func grants() async throws -> [Grant] {
        guard let store = try await storeSession.existing() else { return [] }
        return try await mapped { try await store.read(.grant).map { try Grant($0) } }.sorted { $0.name < $1.name }
    }

    func save(_ grant: Grant) async throws {
        let store = try await storeSession.forWriting()
        var bytes = grant.encoded()
        defer { bytes.withUnsafeMutableBytes { if let base = $0.baseAddress { zosh_wipe(base, $0.count) } } }
        let body = Secret(bytes)
        let id = try RecordID(grant: grant.id)
        try await mapped { try await store.write { try $0.put(.grant, id, body) } }
    }

    func remove(_ id: Grant.ID) async throws {
        guard let store = try await storeSession.existing() else { return }
        let record = try RecordID(grant: id)
        try await mapped {
            try await store.write {
                try $0.delete(.grant, record)
                // Cached people belong to the connection and go with it.
                try $0.deleteBlocks(.directory, owner: record)
            }
        }
    }

    func withRefreshLock<Result: Sendable>(
        _ id: Grant.ID, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let lock = try await mapped { try await storeSession.store.lock(for: RecordID(grant: id)) }
        defer { lock.release() }
        return try await body()
    }
}

extension Grant {
    init(_ record: SealedRecord) throws {
        var bytes = record.body.withUnsafeBytes { Array($0) }
        defer { bytes.withUnsafeMutableBytes { if let base = $0.baseAddress { zosh_wipe(base, $0.count) } } }
        try self.init(decoding: bytes)
    }
}

extension RecordID {
    /// A grant's id is the record's, in hexadecimal digits.
    init(grant id: Grant.ID) throws {
        let digits = id.compactMap(\.hexDigitValue)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        guard digits.count == 32, let record = RecordID(bytes: bytes) else {
            throw ZoshError(.bug, "a connection has the malformed id '\(id)'")
        }
        self = record
    }
}
