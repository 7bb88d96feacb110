internal import ZoshTrust

/// A key that was presented, ready to be tried on slots of its kinds.
struct SlotKey {
    let kind: SlotKind
    let secret: Secret

    /// A passphrase opens slots whose passphrase a program prints and the other
    /// way round: the two differ in who types it.
    func fits(_ slot: KeySlot) -> Bool {
        slot.kind == kind || (slot.kind.isStretched && kind.isStretched)
    }

    /// The key a slot with this salt is wrapped under.
    func wrapKey(salt: [UInt8], scrypt: ScryptParameters?) throws(VaultError) -> Secret {
        if let scrypt {
            return try scrypt.derive(from: secret, salt: salt)
        }
        return HKDF.derive(from: secret, salt: salt, info: "zosh key file slot")
    }
}
