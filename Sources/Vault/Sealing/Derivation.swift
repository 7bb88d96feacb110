internal import CLibcrypto
internal import ZoshTrust

/// HKDF-SHA256 with 32 bytes of output.
enum HKDF {
    /// - Parameter key: random bytes; a passphrase goes through scrypt first.
    static func derive(from key: Secret, salt: some Collection<UInt8>, info: String) -> Secret {
        let (salt, info) = (Array(salt), Array(info.utf8))
        return key.withUnsafeBytes { key in
            Secret(count: 32) { output in
                guard let address = key.baseAddress else { preconditionFailure("a wiped key") }
                let isDone = zosh_hkdf(address, key.count, salt, salt.count, info, info.count, output.baseAddress!)
                // As for digests: only without memory.
                precondition(isDone)
            }
        }
    }
}
