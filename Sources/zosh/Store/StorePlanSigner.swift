import Vault
import ZoshCore
import ZoshGate
import ZoshKit

/// The sealed store as plans want to see it: a seal that no other store can make.
struct StorePlanSigner: PlanSigner {
    let storeSession: StoreSession

    func digest(of bytes: [UInt8]) -> String { SealedStore.digest(of: bytes) }

    func seal(_ digest: String) async throws -> String {
        let store = try await storeSession.forWriting()
        return try await mapped { try await store.planSeal(over: digest) }
    }

    func isSeal(_ seal: String, over digest: String) async throws -> Bool {
        guard let store = try await storeSession.existing() else { return false }
        return try await mapped { try await store.isPlanSeal(seal, over: digest) }
    }
}

/// Plans are files of the person, where they say.
struct PlanFilesOfPerson: PlanFiles {
    let files: LocalFiles

    func read(_ path: String, atMost most: Int) throws -> [UInt8] { try files.bytes(at: path, atMost: most) }
    func word(for path: String) -> String { Syntax.quoted(path) }
    func checkIsFree(_ path: String) throws { try files.checkIsFree(path) }

    func write(_ bytes: [UInt8], to path: String, replacing: Bool) async throws {
        try await files.write(bytes, to: path, replacing: replacing)
    }
}
