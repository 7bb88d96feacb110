internal import CLinux

/// Seals over what is kept outside the store and comes back to it.
extension SealedStore {
    /// SHA-256, in hexadecimal digits.
    public static func digest(of bytes: [UInt8]) -> String { Hexadecimal.encode(SHA256.hash(bytes)) }

    /// A code over the digest of a plan that only this store can make, until it is rekeyed; in hexadecimal digits.
    public func planSeal(over digest: String) throws -> String {
        let (_, key, store) = try unlocked()
        return Hexadecimal.encode(HMAC.code(of: Array(digest.utf8), under: key.planKey(store: store)))
    }

    /// Whether a code is this store's over a digest.
    public func isPlanSeal(_ seal: String, over digest: String) throws -> Bool {
        let (given, own) = (Array(seal.utf8), Array(try planSeal(over: digest).utf8))
        return given.count == own.count && zosh_equal_in_constant_time(given, own, own.count)
    }
}
