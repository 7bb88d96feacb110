/// What seals plans: the sealed store, fitted by the executable.
public protocol PlanSigner: Sendable {
    /// SHA-256, in hexadecimal digits.
    func digest(of bytes: [UInt8]) -> String

    /// A seal over a digest that only this store can make, in hexadecimal digits.
    func seal(_ digest: String) async throws -> String

    /// Whether a seal is this store's own over a digest.
    func isSeal(_ seal: String, over digest: String) async throws -> Bool
}

/// Where plans are kept: files of the person.
public protocol PlanFiles: Sendable {
    /// - Throws: `ZoshError` for a file that cannot be read or is larger than `most` bytes.
    func read(_ path: String, atMost most: Int) throws -> [UInt8]

    /// The path as one word of a command line.
    func word(for path: String) -> String

    /// - Throws: `ZoshError.usage` when there is something at this path.
    func checkIsFree(_ path: String) throws

    /// Writes a file that only its owner may read, whole or not at all.
    /// - Parameter replacing: whether it takes the place of the file of that name; without it there must be none.
    func write(_ bytes: [UInt8], to path: String, replacing: Bool) async throws
}
