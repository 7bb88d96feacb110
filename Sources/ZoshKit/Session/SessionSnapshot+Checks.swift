extension SessionSnapshot {
    /// Checks that the current connection's login allows something. Where Zoho does not say what a login allows, Zoho
    /// decides later.
    /// - Throws: `ZoshError.auth`, which names the scopes that are missing.
    package func checkLogin(allows scopes: [Scope], at span: Span) throws(ZoshError) {
        guard let connection, let missing = connection.scopes?.missing(from: scopes), !missing.isEmpty else { return }
        let names = missing.map(\.name)
        // Another connection than the session's may have been named for this line, or a part of it.
        let place = fixedConnection.map { " --connection \($0)" } ?? ""
        throw ZoshError(
            .auth, "the login '\(connection.name)' does not allow this: it lacks \(names.joined(separator: ", "))",
            at: span, remedy: "auth extend \(names.joined(separator: " "))\(place)", code: "OAUTH_SCOPE_MISMATCH")
    }

    /// Names of users are for people at the prompt, who see whom a name was taken for.
    /// - Throws: `ZoshError.usage` where nobody sees it, for a word that is neither an id nor an e-mail.
    package func checkNamesUser(_ word: String, at span: Span) throws(ZoshError) {
        guard !interactive, !word.contains("@"), !ZohoID.isID(amongNames: word) else { return }
        throw ZoshError(
            .usage, "'\(word)' is neither a user id nor an e-mail", at: span,
            remedy: "name users by id or e-mail in a script")
    }
}
