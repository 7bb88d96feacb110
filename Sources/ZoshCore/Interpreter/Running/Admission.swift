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
        guard session.connection != nil else { throw ZoshError.notSignedIn.at(stage.name) }
        try session.checkLogin(allows: signature.scopes, at: stage.name)
    }
}
