import Vault
import ZoshGate
import ZoshKit
import ZoshTrust

/// The audit log in the sealed store, as the gate writes it.
///
/// What is noted while there is no store (the first sign-in) is its first line once there is one.
struct SealedAudit: AuditLog {
    let storeSession: StoreSession
    let opener: SeriesOpener
    let lines: WaitingLines
    /// Seconds since 1970.
    let clock: @Sendable () -> Int64

    var now: Int64 { clock() }

    func note(_ line: AuditLine) {
        lines.add(
            WaitingLines.Line(
                fields: { String(JSONWriter.text(.row(line.row())).dropFirst().dropLast()) }, written: line.written))
    }

    func save(before effects: [any Effect]) async throws {
        if effects.contains(where: \.opensStoreItself) {
            guard await isOpen else { return }
        }
        try await save()
    }

    /// Opens the store where there is one, and writes the lines that wait.
    func save() async throws {
        guard let series = try await opener.existing() else { return }
        try await mapped { try await series.saveLines() }
    }

    func saveIfOpen() async {
        guard !lines.isEmpty, await isOpen else { return }
        try? await save()
    }

    private var isOpen: Bool {
        get async {
            if await storeSession.store.isUnlocked { return true }
            return await storeSession.openedSilently() != nil
        }
    }
}

extension Effect {
    /// Whether it asks for the store's key in its own way: where the store was closed before it, its lines are written
    /// once it is over.
    fileprivate var opensStoreItself: Bool {
        guard case .changeStore(let change)? = (self as? LocalChange)?.operation else { return false }
        return switch change {
        case .passphrase, .importFile, .destroy: true
        case .addSlot, .removeSlot, .rekey: false
        }
    }
}
