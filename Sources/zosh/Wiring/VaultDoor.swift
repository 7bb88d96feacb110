import Vault
import ZoshKit

/// The store's keys for the module trusted with them.
struct VaultDoor: VaultControl {
    let keeper: StoreKeeper

    func status() async throws -> Row {
        guard let status = try await mapped({ try await keeper.store.status() }) else {
            return ["exists": false, "path": .string(keeper.store.path), "state": "none"]
        }
        return [
            "exists": true, "path": .string(status.path), "state": status.isUnlocked ? "unlocked" : "locked",
            "slots": .string(status.slots.map { "\($0.kind)" }.joined(separator: ",")),
            "format": .integer(Int64(status.formatVersion)), "connections": .integer(Int64(status.counts[.grant] ?? 0)),
            "generation": .integer(status.generation), "bytes": .integer(status.byteCount),
        ]
    }

    func unlock() async throws { try await keeper.unlock() }
    func lock() async throws { await keeper.lock() }
    func generateKeyFile(at path: String) async throws { try await mapped { try KeyFile.generate(at: path) } }
}
