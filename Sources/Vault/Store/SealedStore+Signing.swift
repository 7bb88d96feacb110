internal import ZoshTrust

/// The key with which the person of this store approves plans; it never leaves the store.
extension SealedStore {
    /// Its public half, in hexadecimal digits; made when it is first asked for.
    public func signingKey() throws -> String { Hexadecimal.encode(Ed25519.publicKey(of: try seed())) }

    /// In hexadecimal digits.
    public func sign(_ message: [UInt8]) throws -> String {
        Hexadecimal.encode(Ed25519.sign(message, with: try seed()))
    }

    /// - Parameters:
    ///   - signature: 128 hexadecimal digits.
    ///   - key: a public key, 64 hexadecimal digits.
    public static func isSignature(_ signature: String, of message: [UInt8], by key: String) -> Bool {
        guard let signature = Hexadecimal.decode(signature), let key = Hexadecimal.decode(key) else { return false }
        return Ed25519.isSignature(signature, of: message, by: key)
    }

    private func seed() throws -> Secret {
        if let record = try read(.signingKey, .shared) { return try Self.seed(in: record) }
        return try write { transaction in
            // Another process may just have made it.
            if let record = try transaction.read(.signingKey, .shared) { return try Self.seed(in: record) }
            let seed = Secret.random(count: Ed25519.keyCount)
            try transaction.put(.signingKey, .shared, seed)
            return seed
        }
    }

    private static func seed(in record: SealedRecord) throws -> Secret {
        guard record.body.count == Ed25519.keyCount else { throw VaultError.damaged("a signing key is malformed") }
        return record.body
    }
}
