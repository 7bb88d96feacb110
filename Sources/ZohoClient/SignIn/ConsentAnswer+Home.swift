public import ZoshKit
public import ZoshTrust

extension DataCentreTable {
    /// The data centre a consent says its account lives in: the only one the code and the client secret are sent to.
    ///
    /// The answer came through a browser, so both of its addresses are looked up in the table and must mean the same
    /// data centre; an unknown or contradicting one ends the login before any secret leaves.
    /// - Parameter asked: the one the login began at, which it is when the answer names none.
    public func home(of answer: ConsentAnswer, asked: DataCentre) throws(ZoshError) -> DataCentre {
        let byServer = try answer.accountsServer.map { (address) throws(ZoshError) in
            guard let found = dataCentre(ofAccounts: address) else {
                throw Self.untrusted("an unknown accounts server: '\(PlainText.shown(address, limit: 80))'")
            }
            return found
        }
        guard let code = answer.location else { return byServer ?? asked }
        guard let byCode = DataCentre.named(code, among: all) ?? (asked.code == "own" ? byServer ?? asked : nil) else {
            if let byServer { return byServer }
            throw Self.untrusted("an unknown data centre: '\(PlainText.shown(code, limit: 40))'")
        }
        guard let byServer else { return byCode }
        // A configured private data centre has the code 'own', which Zoho does not use.
        guard byServer.accounts == byCode.accounts || byServer.code == "own" else {
            throw Self.untrusted(
                "'\(byCode.code)' and an accounts server of '\(byServer.code)', which contradict each other")
        }
        return byServer
    }

    private static func untrusted(_ what: String) -> ZoshError {
        ZoshError(
            .auth, "the browser came back with \(what); nothing was sent there",
            remedy: "auth login; if Zoho has opened a data centre, name it in zosh's data-centres file")
    }
}

extension ConsentAnswer {
    /// The code, or why there is none.
    public func grantCode() throws(ZoshError) -> Secret {
        if let error {
            if error == "access_denied" {
                throw ZoshError(
                    .declined, "the consent was declined in the browser",
                    remedy: "sign in again and accept: auth login; if you did not decline it, too many codes were "
                        + "made: wait ten minutes",
                    code: error)
            }
            let shown = PlainText.shown(error, limit: 60)
            throw ZoshError(.auth, "Zoho's consent page ended with \(shown)", remedy: "auth login", code: shown)
        }
        guard let code else {
            throw ZoshError(
                .auth, "that address holds no grant code", remedy: "paste the whole address the browser ended at")
        }
        return code
    }
}
