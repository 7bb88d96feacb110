import Glibc
import Vault
import ZoshCore
import ZoshKit
import ZoshTrust

/// Changes what opens the store and what is in it, once the gate has let it through.
struct StoreAdmin: Sendable {
    let storeSession: StoreSession
    private var store: SealedStore { storeSession.store }
    private var keys: KeyPrompts { storeSession.keys }

    init(storeSession: StoreSession) { self.storeSession = storeSession }

    func perform(_ change: StoreChange) async -> ChangeResult {
        do {
            switch change {
            case .passphrase: return try await changePassphrase()
            case .addSlot(let slot): return try await add(slot)
            case .removeSlot(let id): return try await remove(id)
            case .rekey(let keyFiles, let dropping): return try await rekey(keyFiles, dropping: dropping)
            case .importFile(let path): return try await importAll(from: path)
            case .destroy: return try await destroy()
            }
        } catch let error as VaultError {
            return .failed(ZoshError(error))
        } catch let error as ZoshError {
            return .failed(error)
        } catch {
            return .failed(ZoshError(error is CancellationError ? .cancelled : .bug, "interrupted: \(error)"))
        }
    }

    private func changePassphrase() async throws -> ChangeResult {
        guard try await store.isCreated else { throw VaultError.notCreated(path: store.path) }
        guard try await store.hasPassphrase else {
            throw ZoshError(.local, "no passphrase opens the store", remedy: "vault slots add passphrase")
        }
        let old = KeySource.passphrase(try await keys.console.askSecret("Old passphrase: "))
        let slot = try await store.slot(of: old)
        if await !store.isUnlocked { try await storeSession.open(with: old) }
        let new = KeySource.passphrase(try await keys.newPassphrase())
        let isGone = try await store.replaceSlot(slot, with: new, scrypt: keys.cost(of: new))
        return done("older copies of the store still open with the old one; to protect new data: vault rekey", isGone)
    }

    private func add(_ slot: StoreChange.NewSlot) async throws -> ChangeResult {
        guard let store = try await storeSession.existing() else { throw VaultError.notCreated(path: store.path) }
        let key: KeySource
        switch slot {
        case .passphrase: key = .passphrase(try await keys.newPassphrase())
        case .keyFile(let path): key = .keyFile(path)
        case .command:
            guard let command = keys.command else {
                throw ZoshError(
                    .usage, "no key command is set",
                    remedy: "set ZOSH_KEY_COMMAND to a program that prints the passphrase")
            }
            key = command
        }
        let id = try await store.addSlot(for: key, scrypt: keys.cost(of: key))
        return .done(id: String("\(id)".prefix(8)), message: nil)
    }

    private func remove(_ id: String) async throws -> ChangeResult {
        guard let store = try await storeSession.existing() else { throw VaultError.notCreated(path: store.path) }
        let fitting = try await store.status()?.slots.filter { "\($0.id)".hasPrefix(id.lowercased()) } ?? []
        guard fitting.count == 1, !id.isEmpty else {
            throw ZoshError(
                .notFound,
                fitting.isEmpty ? "the store has no slot '\(id)'" : "several slots begin with '\(id)'",
                remedy: "vault slots list")
        }
        let isGone = try await store.removeSlot(fitting[0].id)
        return done("older copies of the store still open with it; to protect new data: vault rekey", isGone)
    }

    private func rekey(_ keyFiles: [String], dropping: Bool) async throws -> ChangeResult {
        guard let store = try await storeSession.existing(), let status = try await store.status() else {
            throw VaultError.notCreated(path: store.path)
        }
        var sources = keyFiles.map { KeySource.keyFile($0) }
        if let file = keys.keyFile, !keyFiles.contains(file), status.slots.contains(where: { $0.kind == .keyFile }) {
            sources.append(.keyFile(file))
        }
        if let command = keys.command, status.slots.contains(where: { $0.kind == .command }) { sources.append(command) }
        for slot in status.slots where slot.kind == .passphrase && (keys.canAsk || sources.isEmpty) {
            let leaving = dropping ? " (Return to remove it)" : ""
            let passphrase = try await keys.console.askSecret(
                "Passphrase of slot \("\(slot.id)".prefix(8))\(leaving): ")
            if !passphrase.isEmpty { sources.append(.passphrase(passphrase)) }
        }
        let outcome = try await store.rekey(
            keeping: sources, dropping: dropping,
            scrypt: keys.scrypt ?? (status.slots.contains { $0.scrypt != nil } ? .calibrated() : .standard))
        let removed = outcome.removed.count
        let gone = removed == 0 ? "" : removed == 1 ? "; 1 key was removed" : "; \(removed) keys were removed"
        return done("everything was re-encrypted\(gone)", outcome.isLogEmpty)
    }

    private func importAll(from path: String) async throws -> ChangeResult {
        guard access(path, F_OK) == 0 else { throw VaultError.export("\(path) does not exist") }
        let passphrase = try await keys.console.askSecret("Passphrase of the export: ")
        // Read before a store is made for it: a mistyped passphrase must not leave an empty one behind.
        let contents = try await store.openExport(at: path, passphrase: passphrase)
        let outcome = try await storeSession.forWriting().importAll(contents) { kind, body, known in
            switch kind {
            case .grant: try GrantAdmission.admit(body, beside: known)
            // Whose approvals count is decided by a person, key by key; and one store has one key to sign with.
            case .approver: nil
            case .signingKey: known.isEmpty ? body : nil
            default: body
            }
        }
        func list(_ counts: [RecordKind: Int]) -> String {
            counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.rawValue)" }.joined(
                separator: ", ")
        }
        var said = outcome.imported.isEmpty ? "nothing new" : list(outcome.imported)
        if !outcome.skipped.isEmpty { said += "; already here and not changed: \(list(outcome.skipped))" }
        return .done(id: nil, message: said)
    }

    private func destroy() async throws -> ChangeResult {
        do {
            guard try await store.isCreated else { throw VaultError.notCreated(path: store.path) }
            try await storeSession.lock()
        } catch VaultError.damaged, VaultError.unreadable {
            // Nothing in it is needed to remove it.
        }
        try await store.destroy()
        return .done(id: nil, message: "removed; grants that were in it stay valid at Zoho")
    }

    /// - Parameter isGone: false while another process reads the write-ahead log, where the old lives on until then.
    private func done(_ message: String, _ isGone: Bool) -> ChangeResult {
        let rest = isGone ? "" : "; a trace of the old stays in the write-ahead log until other zosh processes end"
        return .done(id: nil, message: message + rest)
    }
}
