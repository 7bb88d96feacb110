internal import CLibcrypto
internal import Glibc
internal import ZoshTrust

/// AES-256-GCM: bytes that only a holder of the key can read, and that cannot be changed unnoticed.
///
/// What is sealed has three parts: nonce (12 bytes), ciphertext (as long as the text) and tag (16).
enum AEAD {
    static let nonceCount = 12
    static let overhead = nonceCount + 16

    /// - Parameter nonce: never used twice with one key.
    static func seal(
        _ text: RawSpan, under key: Secret, nonce: [UInt8] = randomNonce(), authenticating associated: [UInt8]
    ) throws(VaultError) -> [UInt8] {
        precondition(nonce.count == nonceCount && key.count == 32)
        let sealed = text.withUnsafeBytes { text in
            [UInt8](unsafeUninitializedCapacity: text.count + overhead) { sealed, count in
                _ = sealed.update(fromContentsOf: nonce)
                let isDone = key.withUnsafeBytes { key in
                    zosh_aead_seal(
                        key.baseAddress!, nonce, associated, associated.count, text.baseAddress, text.count,
                        sealed.baseAddress! + nonceCount)
                }
                count = isDone ? text.count + overhead : 0
            }
        }
        guard !sealed.isEmpty else { throw .system("sealing", code: ENOMEM) }
        return sealed
    }

    /// The text as ordinary bytes, for bulk that is private but is not a key or token; nil unless it was sealed with
    /// this key and these associated data.
    static func open(
        _ sealed: RawSpan, under key: Secret, authenticating associated: [UInt8]
    ) throws(VaultError) -> [UInt8]? {
        guard sealed.byteCount >= overhead else { return nil }
        var text = [UInt8](repeating: 0, count: sealed.byteCount - overhead)
        let isOpen = try text.withUnsafeMutableBufferPointer { text throws(VaultError) in
            try open(sealed, under: key, authenticating: associated, into: UnsafeMutableRawBufferPointer(text))
        }
        return isOpen ? text : nil
    }

    /// The text as a secret, of which there is no other copy; nil as above.
    static func openSecret(
        _ sealed: RawSpan, under key: Secret, authenticating associated: [UInt8], locked: Bool = true
    ) throws(VaultError) -> Secret? {
        guard sealed.byteCount > overhead else {
            // No text, or not even that: a secret without bytes is never filled.
            return try open(sealed, under: key, authenticating: associated).map { Secret($0, locked: locked) }
        }
        var isOpen = false
        let text = try Secret(count: sealed.byteCount - overhead, locked: locked) { text throws(VaultError) in
            isOpen = try open(sealed, under: key, authenticating: associated, into: text)
        }
        return isOpen ? text : nil
    }

    /// - Parameter text: as long as `sealed` without the overhead; zeros afterwards, unless it is authentic.
    private static func open(
        _ sealed: RawSpan, under key: Secret, authenticating associated: [UInt8],
        into text: UnsafeMutableRawBufferPointer
    ) throws(VaultError) -> Bool {
        precondition(key.count == 32)
        let opening = sealed.withUnsafeBytes { sealed in
            key.withUnsafeBytes { key in
                zosh_aead_open(
                    key.baseAddress!, sealed.baseAddress!, associated, associated.count,
                    sealed.baseAddress! + nonceCount, sealed.count - nonceCount, text.baseAddress)
            }
        }
        guard opening != ZOSH_NOT_TRIED else { throw .system("opening what is sealed", code: ENOMEM) }
        return opening == ZOSH_OPENED
    }

    private static func randomNonce() -> [UInt8] { Array(RecordID().bytes.prefix(nonceCount)) }
}
