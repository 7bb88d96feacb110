/// Where directories are kept between runs: opaque blocks, sealed by the store.
///
/// Blocks, because a directory of a hundred thousand people is megabytes and is sealed in pieces.
public protocol DirectoryStore: Sendable {
    /// The blocks last saved for this key, in order; empty when there are none.
    func load(_ key: String) async throws -> [[UInt8]]

    /// Replaces the blocks kept for this key, all or none.
    func save(_ blocks: [[UInt8]], for key: String) async throws
}
