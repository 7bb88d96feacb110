internal import ZoshKit

/// The login that a run was begun with: what is left of it is done by no other one, which may see and do other things
/// in the same organisation.
enum RunLogin {
    static func note(_ connection: ConnectionSummary?, in header: inout Row) {
        header["user"] = Value(connection?.userID)
        header["login"] = Value(connection?.email)
    }

    /// Why a run is not continued here, at the organisation it was begun in; nil when it may be.
    /// - Parameter what: what is continued, in words.
    static func refusal(
        _ what: String, _ header: Row, _ connection: ConnectionSummary?, at span: Span
    ) -> ZoshError? {
        guard let connection, let user = header.string("user"), user != connection.userID,
            header.string("org") == connection.orgID, header.string("dc") == connection.dataCentre,
            header.string("environment") == connection.environment.rawValue
        else { return nil }
        let name = header.string("connection") ?? ""
        let login = header.string("login") ?? "another user"
        return ZoshError(
            .refused,
            "\(what) was begun as \(login), and '\(connection.name)' is signed in as \(connection.email)".neutralised,
            at: span,
            remedy: name == connection.name
                ? "sign in as before: auth login \(Syntax.quoted(name))" : "use \(Syntax.quoted(name))")
    }
}
