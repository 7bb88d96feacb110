import LineEditor
import Vault
import ZoshKit
import ZoshTrust

/// How long the store stays open while nothing is done. Kept in the store itself, since weakening it from outside
/// would be an attack.
enum AutoLock {
    static let standard = Duration.seconds(30 * 60)
    /// The longest a login session keeps a key.
    static let longest = Duration.seconds(12 * 3600)
    private static let name = "auto-lock"

    /// What was chosen; the standard when nothing was, or the store is locked.
    static func saved(in store: SealedStore) async -> Duration? {
        guard let text = try? await SealedSettings(store: store).value(name) else { return standard }
        if text == "never" { return nil }
        return Int64(text).map { .seconds($0) } ?? standard
    }

    static func save(_ time: Duration?, in store: SealedStore) async throws {
        try await SealedSettings(store: store).set(name, to: time.map { String($0.components.seconds) } ?? "never")
    }
}

/// Settings that outlive the session, sealed one by one.
struct SealedSettings {
    let store: SealedStore

    func value(_ name: String) async throws -> String? {
        try await store.read(.setting).lazy.compactMap(Self.row).first { $0.string("setting") == name }?.string("value")
    }

    func set(_ name: String, to value: String) async throws {
        let body = Secret(
            copying: JSONWriter.text(.row(["setting": .string(name), "value": .string(value)])), locked: false)
        try await store.write { transaction in
            let old = try transaction.read(.setting).first { Self.row($0)?.string("setting") == name }
            try transaction.put(.setting, old?.id ?? RecordID(), body)
        }
    }

    private static func row(_ record: SealedRecord) -> Row? {
        try? JSONReader.value(of: record.body.withUnsafeBytes { Array($0) }).row
    }
}
