import Vault
import ZoshKit
import ZoshTrust

/// The store's keys for the module trusted with them.
struct VaultControlAdapter: VaultControl {
    let storeSession: StoreSession
    private var store: SealedStore { storeSession.store }

    init(storeSession: StoreSession) { self.storeSession = storeSession }

    func status() async throws -> Row {
        guard let status = try await mapped({ try await store.status() }) else {
            return ["exists": false, "path": .string(store.path), "state": "none"]
        }
        return [
            "exists": true, "path": .string(status.path), "state": status.isUnlocked ? "unlocked" : "locked",
            "slots": .string(status.slots.map(\.kind.rawValue).joined(separator: ",")),
            "format": .integer(Int64(status.formatVersion)), "connections": .integer(Int64(status.counts[.grant] ?? 0)),
            "jobs": Self.count(.job, status), "runs": Self.count(.run, status),
            "job_bytes": (status.series?.values.map(\.bytes).reduce(0, +)).map { .integer(Int64($0)) }
                ?? .null,
            "audit_lines": .integer(Int64(status.counts[.audit] ?? 0)), "audit_bytes": .integer(status.auditByteCount),
            "auto_lock": await storeSession.patience.map { .integer($0.components.seconds) } ?? "never",
            "generation": .integer(status.generation), "bytes": .integer(status.byteCount),
        ]
    }

    /// Unknown while the store is locked.
    private static func count(_ kind: SeriesKind, _ status: StoreStatus) -> Value {
        status.series.map { .integer(Int64($0[kind]?.count ?? 0)) } ?? .null
    }

    func unlock(keepingFor seconds: Int64?) async throws {
        try await storeSession.unlock(keepingFor: seconds.map { .seconds($0) })
    }

    func lock() async throws { try await storeSession.lock() }

    func setAutoLock(after seconds: Int64?) async throws {
        try await storeSession.setPatience(seconds.map { .seconds($0) })
    }

    func slots() async throws -> [Row] {
        guard let status = try await mapped({ try await store.status() }) else {
            throw ZoshError(VaultError.notCreated(path: store.path))
        }
        return status.slots.map { slot in
            [
                "id": .string(String("\(slot.id)".prefix(8))), "kind": .string(slot.kind.rawValue),
                "guess_memory_mib": slot.scrypt.map { .integer($0.memory >> 20) } ?? .null,
                "scrypt_n": slot.scrypt.map { .integer($0.rounds) } ?? .null,
            ]
        }
    }

    func verify(expecting generation: Int64?) async throws -> [Row] {
        let found = try await mapped {
            try await store.checkReadable()
            // A damaged store does not unlock, and is examined with the key alone.
            let isOpen = await storeSession.openedSilently() != nil
            return try await store.verify(with: isOpen ? nil : storeSession.keys.any(), expecting: generation)
        }
        func row(_ kind: Value, _ intact: Value, _ problem: Value) -> Row {
            ["kind": kind, "intact": intact, "problem": problem, "generation": .integer(found.generation)]
        }
        let intact = found.intact.sorted { $0.key.rawValue < $1.key.rawValue }
        return intact.map { row(.string($0.key.rawValue), .integer(Int64($0.value)), .null) }
            + found.problems.map { row(.null, .null, .string($0)) }
    }

    func export(to path: String, withGrants: Bool) async throws -> [Row] {
        let isWhole = try await storeSession.opensWhole()
        var key: KeySource?
        if !isWhole {
            try await mapped { try await store.checkReadable() }
            storeSession.keys.console.note("The store is damaged; only what vault verify finds intact is exported")
            if await !store.isUnlocked { key = try await storeSession.keys.any() }
        }
        let passphrase = try await storeSession.keys.newPassphrase("Passphrase of the export: ")
        let cost = try storeSession.keys.cost(of: .passphrase(passphrase))
        let rescue = try await mapped { [key] in
            isWhole
                ? .init(
                    exported: try await store.export(
                        to: path, passphrase: passphrase, withGrants: withGrants, scrypt: cost), problems: [])
                : try await store.exportIntact(
                    to: path, passphrase: passphrase, withGrants: withGrants, scrypt: cost, with: key)
        }
        return rescue.exported.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            ["kind": .string($0.key.rawValue), "exported": .integer(Int64($0.value)), "problem": .null]
        } + rescue.problems.map { ["kind": .null, "exported": .null, "problem": .string($0)] }
    }

    func generateKeyFile(at path: String) async throws { try await mapped { try KeyFile.generate(at: path) } }
}
