internal import ZoshTrust

/// The random key everything in one store is sealed under, while it is unlocked.
///
/// Never used directly: each purpose derives its own key with HKDF-SHA256. The
/// info strings of purposes contain spaces, those of record kinds do not, so
/// no two purposes share a key.
struct DataKey {
    static let byteCount = 32

    let secret: Secret
    /// Counts rekeys: a process holding an older key must not write any more.
    let epoch: Int64

    /// The key one record's body is sealed under.
    func recordKey(salt: some Collection<UInt8>, kind: RecordKind) -> Secret {
        derive(salt: salt, info: kind.rawValue)
    }

    /// The key of the seal over the set of records.
    func setSealKey(store: RecordID) -> Secret {
        derive(salt: store.bytes, info: "zosh set seal")
    }

    /// The key that links the entries of logs.
    func chainKey(store: RecordID) -> Secret {
        derive(salt: store.bytes, info: "zosh log chain")
    }

    /// The key that seals plans, which lie outside the store.
    func planKey(store: RecordID) -> Secret {
        derive(salt: store.bytes, info: "zosh plan seal")
    }

    private func derive(salt: some Collection<UInt8>, info: String) -> Secret {
        HKDF.derive(from: secret, salt: salt, info: info)
    }
}
