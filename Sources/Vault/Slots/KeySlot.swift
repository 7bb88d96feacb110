internal import ZoshTrust

/// One way to open the store: the data key, wrapped under one of the keys.
///
/// Each slot wraps the same data key, so opening any one opens the store.
/// Everything about the slot is associated data of the wrap: changing its kind,
/// its parameters or moving it to another store or epoch makes it useless.
struct KeySlot: Equatable {
    static let saltCount = 32

    let id: RecordID
    let kind: SlotKind
    /// nil for kinds that are not stretched.
    let scrypt: ScryptParameters?
    let salt: [UInt8]
    /// Nonce (12), wrapped data key (32), tag (16).
    let wrapped: [UInt8]

    /// Wraps `dataKey` under `key`.
    init(
        wrapping dataKey: DataKey, under key: SlotKey, store: RecordID,
        scrypt: ScryptParameters = .standard
    ) throws(VaultError) {
        id = RecordID()
        kind = key.kind
        self.scrypt = key.kind.isStretched ? scrypt : nil
        salt = RecordID().bytes + RecordID().bytes
        let associated = Self.associatedData(
            store: store, id: id, kind: kind, scrypt: self.scrypt, salt: salt, epoch: dataKey.epoch)
        let wrapKey = try key.wrapKey(salt: salt, scrypt: self.scrypt)
        wrapped = try dataKey.secret.withUnsafeBytes { bytes throws(VaultError) in
            try AEAD.seal(bytes.bytes, under: wrapKey, authenticating: associated)
        }
    }

    /// A slot as stored.
    init(id: RecordID, kind: SlotKind, scrypt: ScryptParameters?, salt: [UInt8], wrapped: [UInt8]) {
        (self.id, self.kind, self.scrypt, self.salt, self.wrapped) = (id, kind, scrypt, salt, wrapped)
    }

    /// The data key, or nil when `key` is not this slot's.
    func unwrap(with key: SlotKey, store: RecordID, epoch: Int64) throws(VaultError) -> DataKey? {
        let wrapKey = try key.wrapKey(salt: salt, scrypt: scrypt)
        let associated = Self.associatedData(
            store: store, id: id, kind: kind, scrypt: scrypt, salt: salt, epoch: epoch)
        guard let opened = try AEAD.openSecret(wrapped.span.bytes, under: wrapKey, authenticating: associated),
            opened.count == DataKey.byteCount
        else { return nil }
        return DataKey(secret: opened, epoch: epoch)
    }

    private static func associatedData(
        store: RecordID, id: RecordID, kind: SlotKind, scrypt: ScryptParameters?, salt: [UInt8],
        epoch: Int64
    ) -> [UInt8] {
        var fields = Fields()
        fields.append("zosh slot v1")
        fields.append(store.bytes)
        fields.append(id.bytes)
        fields.append(kind.rawValue)
        fields.append(scrypt?.rounds ?? 0)
        fields.append(scrypt == nil ? 0 : ScryptParameters.blockSize)
        fields.append(scrypt == nil ? 0 : ScryptParameters.parallelism)
        fields.append(salt)
        fields.append(epoch)
        return fields.bytes
    }
}
