internal import FoundationEssentials
internal import ZoshTrust

/// Seals and opens the body of one record.
///
/// Layout of the sealed bytes: format (1 byte, value 1), salt (16), nonce (12),
/// ciphertext (as long as the body), tag (16). AES-256-GCM under the key
/// derived with that salt; the record's identity is associated data, so a
/// sealed body opens only in its own store, as its own kind, record and
/// generation.
struct RecordSeal {
    static let format: UInt8 = 1
    static let saltCount = 16
    static let overhead = 1 + saltCount + AEAD.overhead

    let key: DataKey
    let store: RecordID
    /// Links log entries; derived once, since a long log uses it for each.
    let chain: LogChain

    init(key: DataKey, store: RecordID) {
        (self.key, self.store) = (key, store)
        chain = LogChain(key: key, store: store)
    }

    /// Which record a body belongs to.
    struct Identity {
        let kind: RecordKind
        let id: RecordID
        let generation: Int64
    }

    func seal(_ body: UnsafeRawBufferPointer, as identity: Identity) throws(VaultError) -> Data {
        let salt = RecordID().bytes
        let sealed = try AEAD.seal(
            body.bytes, under: key.recordKey(salt: salt, kind: identity.kind),
            authenticating: associatedData(for: identity))
        return Data([Self.format] + salt + sealed)
    }

    /// The body, as bytes the caller owns. Throws `damaged` for anything that
    /// was not sealed as exactly this record.
    func open(_ sealed: Data, as identity: Identity) throws(VaultError) -> [UInt8] {
        try openWith(sealed, as: identity) { sealed, key, associated throws(VaultError) in
            try AEAD.open(sealed, under: key, authenticating: associated)
        }
    }

    /// The body as a secret, of which there is no other copy.
    func openSecret(_ sealed: Data, as identity: Identity) throws(VaultError) -> Secret {
        try openWith(sealed, as: identity) { sealed, key, associated throws(VaultError) in
            try AEAD.openSecret(sealed, under: key, authenticating: associated, locked: identity.kind.holdsSecrets)
        }
    }

    private func openWith<Body>(
        _ sealed: Data, as identity: Identity,
        _ open: (RawSpan, Secret, [UInt8]) throws(VaultError) -> Body?
    ) throws(VaultError) -> Body {
        guard sealed.count >= Self.overhead, sealed.first == Self.format else {
            throw .damaged("a \(identity.kind.rawValue) has no known record format")
        }
        let salt = sealed.dropFirst().prefix(Self.saltCount)
        let box = sealed.dropFirst(1 + Self.saltCount)
        guard
            let body = try open(
                box.bytes, key.recordKey(salt: salt, kind: identity.kind), associatedData(for: identity))
        else { throw .damaged("a \(identity.kind.rawValue) was changed or belongs elsewhere") }
        return body
    }

    private func associatedData(for identity: Identity) -> [UInt8] {
        var fields = Fields()
        fields.append(store.bytes)
        fields.append(identity.kind.rawValue)
        fields.append(identity.id.bytes)
        fields.append(Int64(Self.format))
        fields.append(identity.generation)
        return fields.bytes
    }
}
