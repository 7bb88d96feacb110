internal import ZoshKit

/// Refuses every write of a read-only session, and every write at Zoho through a read-only connection.
///
/// A read-only connection may still be renamed, made writable or signed out of: its mark protects the organisation.
enum ReadOnlyStage {
    static func check(_ effects: [any Effect], _ session: SessionSnapshot, at span: Span) throws {
        guard !effects.isEmpty else { return }
        if session.readOnly {
            throw ZoshError(
                .permission, "this session is read-only", at: span, remedy: "start zosh without --read-only")
        }
        guard let connection = session.connection, connection.readOnly, effects.contains(where: \.reachesZoho) else {
            return
        }
        throw ZoshError(
            .permission, "the connection '\(connection.name)' is read-only", at: span,
            remedy: "run `connections set \(connection.name) read-only=off`")
    }
}
