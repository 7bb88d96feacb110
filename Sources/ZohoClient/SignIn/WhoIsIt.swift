internal import ZoshKit
internal import ZoshTrust

/// Finds out whose token it is: from CRM when its scopes allow, else from the accounts server.
struct WhoIsIt: Sendable {
    struct Answer: Sendable, Equatable {
        var zuid: String
        var zgid: String
        var userID: String
        var email: String
        var orgName: String
        /// The organisation's edition in Zoho's word; empty when CRM did not say.
        var edition = ""
        /// Whether CRM itself has answered.
        var isProven = false
    }

    let oauth: OAuthClient
    let transport: HTTPTransport
    let clock: any ClientClock
    let retry: RetryPolicy

    /// Refusals that mean "this token may not ask", as opposed to "this token is no good".
    private static let notAllowed: Set<String> = [
        "OAUTH_SCOPE_MISMATCH", "NO_PERMISSION", "AUTHORIZATION_FAILED", "PERMISSION_DENIED", "API_NOT_SUPPORTED",
        "INVALID_URL_PATTERN",
    ]

    func identify(_ tokens: TokenSource, at home: DataCentre) async throws -> Answer {
        let caller = CRMCaller(
            transport: transport, authorizer: tokens, governor: RateGovernor(), clock: clock, retry: retry,
            progress: nil)
        var refusal: ZoshError?
        let user = try await allowed(&refusal) { try await Identity.currentUser(caller, .standard) }
        let org = try await allowed(&refusal) { try await Identity.organization(caller, .standard) }
        let zuid = Self.text(user?["zuid"])
        let zgid = Self.text(org?["zgid"])
        if let user, let org, let zuid, let zgid {
            return Answer(
                zuid: zuid, zgid: zgid, userID: user["id"]?.text ?? "", email: user.string("email") ?? "",
                orgName: org.string("company_name") ?? AccountIdentity.domain(of: user.string("email") ?? "")
                    ?? "organisation \(zgid)",
                edition: Edition.name(in: org), isProven: true)
        }
        return try merged(
            user: user, org: org, account: try await account(tokens.authorization().token, at: home), refusal: refusal)
    }

    /// The accounts server's word; nil when this token may not have it.
    private func account(_ token: Secret, at home: DataCentre) async throws -> AccountIdentity? {
        do {
            return try await oauth.userInfo(token, at: home)
        } catch {
            guard error.kind != .network, error.kind != .cancelled else { throw error }
            return nil
        }
    }

    /// What CRM said wins; the accounts server fills the gaps.
    private func merged(user: Row?, org: Row?, account: AccountIdentity?, refusal: ZoshError?) throws -> Answer {
        // Without a ZUID the id inside CRM names the person just as uniquely.
        guard let zuid = Self.text(user?["zuid"]) ?? account?.zuid ?? Self.text(user?["id"]) else {
            throw refusal.map { error in
                var error = error
                error.remedy =
                    "sign in with the scopes ZohoCRM.users.READ and ZohoCRM.org.READ, or AaaServer.profile.READ"
                return error
            } ?? ZoshError(.auth, "Zoho does not say whose login this is", remedy: "add the scope ZohoCRM.users.READ")
        }
        let email = user?.string("email") ?? account?.email ?? ""
        let zgid = Self.text(org?["zgid"]) ?? account?.orgID ?? zuid
        let name = org?.string("company_name") ?? account?.orgName ?? AccountIdentity.domain(of: email)
        return Answer(
            zuid: zuid, zgid: zgid, userID: user?["id"]?.text ?? "", email: email,
            orgName: name ?? "organisation \(zgid)",
            edition: Edition.name(in: org), isProven: user != nil || org != nil)
    }

    private func allowed(_ refusal: inout ZoshError?, _ ask: () async throws -> Row) async throws -> Row? {
        do {
            return try await ask()
        } catch let error as ZoshError where Self.notAllowed.contains(error.code ?? "") {
            refusal = error
            return nil
        }
    }

    private static func text(_ value: Value?) -> String? {
        guard let text = value?.text, !text.isEmpty else { return nil }
        return text
    }
}
