internal import Crypto
internal import FoundationEssentials
internal import ZoshKit

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
    static let overhead = 1 + saltCount + 12 + 16

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
        do {
            let box = try AES.GCM.seal(
                body, using: key.recordKey(salt: salt, kind: identity.kind),
                authenticating: associatedData(for: identity))
            var sealed = Data(capacity: body.count + Self.overhead)
            sealed.append(Self.format)
            sealed.append(contentsOf: salt)
            sealed.append(contentsOf: box.nonce)
            sealed.append(box.ciphertext)
            sealed.append(box.tag)
            return sealed
        } catch {
            throw .damaged("sealing a \(identity.kind.rawValue) failed")
        }
    }

    /// The body, as bytes the caller owns. Throws `damaged` for anything that
    /// was not sealed as exactly this record.
    func open(_ sealed: Data, as identity: Identity) throws(VaultError) -> Data {
        guard sealed.count >= Self.overhead, sealed.first == Self.format else {
            throw .damaged("a \(identity.kind.rawValue) has no known record format")
        }
        let rest = sealed.dropFirst()
        do {
            return try AES.GCM.open(
                AES.GCM.SealedBox(combined: rest.dropFirst(Self.saltCount)),
                using: key.recordKey(salt: rest.prefix(Self.saltCount), kind: identity.kind),
                authenticating: associatedData(for: identity))
        } catch {
            throw .damaged("a \(identity.kind.rawValue) was changed or belongs elsewhere")
        }
    }

    /// The body as a secret, leaving no other copy of ours behind.
    func openSecret(_ sealed: Data, as identity: Identity) throws(VaultError) -> Secret {
        var body = try open(sealed, as: identity)
        let secret = Secret(body, locked: identity.kind.holdsSecrets)
        body.wipe()
        return secret
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
