/// The stored connections: names, organisations and data centres, which every module may see.
///
/// For example `try await shell.connections.all().map(\.name)`.
public protocol ConnectionList: Sendable {
    func all() async throws -> [ConnectionSummary]
    /// Makes a connection the current one of this session.
    func use(_ name: String) async throws
}
