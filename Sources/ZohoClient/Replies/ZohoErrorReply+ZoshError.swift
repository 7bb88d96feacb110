internal import ZoshKit

extension ZohoErrorReply {
    /// The reply as the one error the shell throws: kind and remedy by code, the sentence Zoho's own.
    /// - Parameter scope: what the request needed, named when the grant lacks it.
    func zoshError(needing scope: Scope? = nil) -> ZoshError {
        let guide = ErrorGuide.entry(for: code)
        let kind = guide?.kind ?? kindByStatus
        var said = PlainText.sentence(message)
        if said.isEmpty { said = guide.map { PlainText.sentence($0.meaning) } ?? "no reason given" }
        let where_ = place.map { " (\($0))" } ?? ""
        let shownCode = code.isEmpty ? nil : code
        return ZoshError(
            kind, "\(Self.opening(of: kind)): \(said)\(where_)", remedy: remedy(guide, scope), code: shownCode)
    }

    private func remedy(_ guide: ErrorGuide?, _ scope: Scope?) -> String? {
        var text = guide?.remedy
        if code == "OAUTH_SCOPE_MISMATCH", let scope {
            text = "auth extend \(scope.name)"
        } else if permissions.contains("Crm_Implied_Api_Access") {
            text =
                "have an administrator switch on 'Zoho CRM API Access' in your profile: Setup > Security Control > "
                + "Profiles"
        } else if !permissions.isEmpty {
            text =
                "have an administrator give your profile the right "
                + "\(PlainText.shown(permissions.joined(separator: ", "), limit: 80))"
        }
        return text ?? (status >= 500 ? "try again later" : nil)
    }

    /// For undocumented codes.
    private var kindByStatus: ZoshError.Kind {
        switch status {
        case 401: .auth
        case 403: .permission
        case 404: .notFound
        case 408, 500...599: .network
        case 429: .rateLimited
        default: .refused
        }
    }

    private static func opening(of kind: ZoshError.Kind) -> String {
        switch kind {
        case .auth: "Zoho does not accept the login"
        case .permission: "Zoho does not allow this"
        case .rateLimited: "Zoho is rate-limiting us"
        case .network: "Zoho failed"
        case .notFound: "Zoho does not know this address"
        default: "Zoho refused"
        }
    }
}
