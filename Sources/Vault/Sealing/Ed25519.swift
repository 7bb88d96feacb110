internal import CLibcrypto
internal import ZoshTrust

/// Signatures by Ed25519.
enum Ed25519 {
    static let keyCount = 32
    static let signatureCount = 64

    static func publicKey(of seed: Secret) -> [UInt8] {
        seed.withUnsafeBytes { seed in
            [UInt8](unsafeUninitializedCapacity: keyCount) { bytes, count in
                guard seed.count == keyCount, let address = seed.baseAddress else {
                    preconditionFailure("a wiped key")
                }
                // As for digests: only without memory.
                let isDone = zosh_ed25519_public(address, bytes.baseAddress!)
                precondition(isDone)
                count = keyCount
            }
        }
    }

    static func sign(_ message: [UInt8], with seed: Secret) -> [UInt8] {
        seed.withUnsafeBytes { seed in
            [UInt8](unsafeUninitializedCapacity: signatureCount) { bytes, count in
                guard seed.count == keyCount, let address = seed.baseAddress else {
                    preconditionFailure("a wiped key")
                }
                let isDone = message.withUnsafeBufferPointer {
                    zosh_ed25519_sign(address, $0.baseAddress!, $0.count, bytes.baseAddress!)
                }
                precondition(isDone)
                count = signatureCount
            }
        }
    }

    static func isSignature(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard signature.count == signatureCount, publicKey.count == keyCount, !message.isEmpty else { return false }
        return zosh_ed25519_verify(publicKey, message, message.count, signature)
    }
}
