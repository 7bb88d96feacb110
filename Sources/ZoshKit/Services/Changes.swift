/// The gate: the only way anything changes. It alone does dry run, read-only, re-reading of targets, confirmation,
/// retry with read-back, so that no command can forget one.
///
/// ```swift
/// let change = Change(
///     .update, .users, .existing(id: id), fields: ["city": "Bern"], action: "update city")
/// return try await shell.changes.apply([change], for: call)
/// ```
public protocol Changes: Sendable {
    /// Applies effects in order and returns one row for each:
    /// `subject, action, outcome, message, code, id`, where the outcome is done, planned, unchanged, refused, failed,
    /// unverified or not started.
    /// - Throws: `ZoshError` when nothing was changed at all: declined, read-only, too many targets.
    func apply(_ effects: [any Effect], for call: Call) async throws -> RowStream
}
