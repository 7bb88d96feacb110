internal import ZoshKit

/// Whether a command may run with the connection there is: reported before the first request, because Zoho's own answer
/// comes late and names no remedy.
enum Admission {
    static func check(_ stage: PlannedStage, _ session: SessionSnapshot) throws(ZoshError) {
        guard let signature = stage.signature else { return }
        switch signature.effect {
        case .local, .writesLocally: return
        case .reads, .writes: break
        }
        guard let connection = session.connection else {
            throw ZoshError(
                .auth, "you are not signed in", at: stage.name, remedy: "auth login")
        }
        // Unknown scopes are not missing ones: Zoho decides then.
        guard let scopes = connection.scopes else { return }
        let missing = scopes.missing(from: signature.scopes)
        guard missing.isEmpty else {
            let names = missing.map(\.name)
            throw ZoshError(
                .auth, "the login '\(connection.name)' does not allow this: it lacks \(names.joined(separator: ", "))",
                at: stage.name,
                remedy: "auth extend \(names.joined(separator: " "))", code: "OAUTH_SCOPE_MISMATCH")
        }
    }
}
