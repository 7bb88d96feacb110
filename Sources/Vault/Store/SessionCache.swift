internal import CLinux
internal import Glibc
internal import ZoshTrust

/// Lets processes of one login session open the store again for a while
/// without asking.
///
/// The kernel's session keyring holds a random wrap key that it forgets when
/// the time is over; the data key, wrapped under it, lies in a private file
/// beside the store. Neither is enough alone, the data key itself is never in
/// the kernel, and programs we start get another keyring. Other programs of
/// the same user in the same session can read the keyring.
struct SessionCache {
    /// The longest time a key is kept.
    static let longest = Duration.seconds(12 * 3600)

    let directory: StoreDirectory
    let store: RecordID

    private var description: String { "zosh:\(store)" }

    /// Keeps `key` for `time`. False when this system has no session keyring.
    func keep(_ key: DataKey, for time: Duration) throws(VaultError) -> Bool {
        try forget()
        let seconds = min(time, Self.longest).components.seconds
        guard seconds > 0 else { return false }
        let wrapKey = Secret.random(count: 32)
        let isKept = wrapKey.withUnsafeBytes {
            zosh_keyring_put(description, $0.baseAddress!, $0.count, UInt32(seconds)) == 0
        }
        guard isKept else { return false }
        do throws(VaultError) {
            let associated = associatedData(epoch: key.epoch)
            let sealed = try key.secret.withUnsafeBytes { bytes throws(VaultError) in
                try AEAD.seal(bytes.bytes, under: wrapKey, authenticating: associated)
            }
            try PrivateFile.create(at: file(for: wrapKey), containing: Secret(sealed))
        } catch {
            zosh_keyring_revoke(description)
            throw error
        }
        return true
    }

    /// The data key of this epoch, or nil when none is kept, its time is over
    /// or the store was rekeyed since.
    func recall(epoch: Int64) -> DataKey? {
        guard let wrapKey = wrapKey(), let kept = try? PrivateFile.read(at: file(for: wrapKey), atMost: 256) else {
            return nil
        }
        let opened = kept.withUnsafeBytes { sealed in
            try? AEAD.openSecret(sealed.bytes, under: wrapKey, authenticating: associatedData(epoch: epoch))
        }
        guard let opened, opened.count == DataKey.byteCount else { return nil }
        return DataKey(secret: opened, epoch: epoch)
    }

    /// Revokes the wrap key and removes the file, and files whose time is over.
    func forget() throws(VaultError) {
        if let wrapKey = wrapKey() {
            unlink(file(for: wrapKey))
            zosh_keyring_revoke(description)
        }
        directory.removeSessions(olderThan: Self.longest)
    }

    private func wrapKey() -> Secret? {
        var length = 0
        let secret = Secret(count: 32) { length = zosh_keyring_get(description, $0.baseAddress!, $0.count) }
        return length == 32 ? secret : nil
    }

    /// Named after the wrap key, so that sessions do not disturb each other.
    private func file(for wrapKey: Secret) -> String {
        var hash = SHA256()
        hash.update("zosh session file".utf8)
        wrapKey.withUnsafeBytes { hash.update($0) }
        return directory.session(Hexadecimal.encode(hash.finish().prefix(16)))
    }

    private func associatedData(epoch: Int64) -> [UInt8] {
        var fields = Fields()
        fields.append("zosh session v1")
        fields.append(store.bytes)
        fields.append(epoch)
        return fields.bytes
    }
}
