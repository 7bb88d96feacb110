internal import ZoshKit
public import ZoshTrust

/// Redeems a consent, shows whose it is, and stores it, replacing an older one.
extension LoginFlow {
    /// A login that is stored, and what is to be said of it.
    public struct Stored: Sendable {
        public let name: String
        public let message: String
    }

    /// - Parameter stored: receives the new grant at once, and whether CRM has accepted its token.
    /// - Throws: `ZoshError` when nothing was stored.
    public func store(_ request: SignInRequest, stored: (Grant, _ isProven: Bool) async -> Void) async throws
        -> Stored
    {
        // An answer without a question: the caller that built the request may not have asked.
        if request.wish.extending == nil, let name = request.wish.name, let mistake = ConnectionNaming.mistake(in: name)
        {
            throw mistake
        }
        try await clients.prepare()
        let existing = try await store.grants()
        let client: LoginClient
        if let known = request.client {
            client = known
        } else {
            client = try await clients.choice(for: request.wish).client
        }
        let asked = request.wish.dataCentre ?? (table.own == nil ? defaults.dataCentre : nil)
        let centre = try table.dataCentre(named: request.dataCentre ?? asked)
        let outcome: SignIn.Outcome
        do {
            outcome = try await SignIn(
                transport: transport, table: table, clock: clock, patience: patience, wish: request.wish
            ).redeem(
                request.proof, client: client, way: request.way, scopes: request.wish.scopes, at: centre,
                name: request.wish.extending ?? request.wish.name, existing: existing)
        } catch let error as ZoshError where error.code == "invalid_client" {
            throw Self.explained(error, asked: request.wish.dataCentre, home: centre)
        }
        let grant = outcome.grant
        do { try await checkIdentity(outcome, request) } catch {
            _ = await discard(grant, existing)
            throw error
        }
        do { try await store.save(grant) } catch {
            throw Self.unsaved(error, request, isEnded: await discard(grant, existing))
        }
        await stored(grant, outcome.isProven)
        var message =
            "\(grant.email.isEmpty ? "the client itself" : grant.email) of \(grant.orgName) (\(grant.dataCentreCode)), "
            + "\(outcome.replaced == nil ? "stored" : "renewed") as '\(grant.name)'\(Self.place(of: outcome))"
        if let old = outcome.replaced, await endOld(old, outcome) { message += "; the older grant was revoked" }
        warnAboutGrantLimit(grant, existing)
        warnAboutWiderScopes(grant, request)
        noteName(of: outcome, request)
        await clients.offerToSave(client, of: centre.code, isYes: request.wish.isYes)
        return Stored(name: grant.name, message: message)
    }

    /// Asks whether this is the right account and organisation: the browser may be signed in as another person, and a
    /// callback may be forged.
    private func checkIdentity(_ outcome: SignIn.Outcome, _ request: SignInRequest) async throws {
        let grant = outcome.grant
        if let name = request.wish.extending, outcome.replaced?.name != name {
            throw ZoshError(
                .refused,
                "that was another login than '\(name)': \(grant.email) of \(grant.orgName); nothing was stored",
                remedy: "run it again, and consent as the same person in the same organisation")
        }
        guard [.browser, .paste, .device].contains(request.way), !request.wish.isYes, await surroundings.isInteractive()
        else { return }
        let place = "\(grant.orgName) (\(grant.environment.rawValue), \(grant.dataCentreCode))"
        let question = Confirmation(
            question: "Store this login as '\(grant.name)'\(Self.place(of: outcome))?",
            details: ["\(grant.email) of \(place)"])
        guard try await console.confirm(question) else {
            throw ZoshError(
                .declined, "Nothing was stored, and the new grant was ended at Zoho",
                remedy: "sign in as the right person: auth login")
        }
    }

    /// Ends a grant that will not be stored, unless a stored one lives by the same token.
    /// - Returns: whether Zoho has ended it, or it had nothing to end.
    private func discard(_ grant: Grant, _ existing: [Grant]) async -> Bool {
        guard let token = grant.refreshToken, !existing.contains(where: { $0.refreshToken?.matches(token) == true })
        else { return true }
        // Best effort: it is not stored, and Zoho's list of connected apps shows it. An interrupted line still ends it.
        return await Task { [transport, clock] in
            (try? await SignOut(transport: transport, clock: clock).revoke(grant)) != nil
        }.value
    }

    /// A login that Zoho has granted and this machine cannot keep: repeating the line would send a code that is spent.
    private static func unsaved(_ error: any Error, _ request: SignInRequest, isEnded: Bool) -> ZoshError {
        var explained = error as? ZoshError ?? ZoshError(.local, "the store cannot be written")
        explained.problem =
            "the login could not be stored: \(explained.problem); "
            + (isEnded
                ? "the new grant was ended at Zoho"
                : "the new grant could not be ended: remove it in Zoho Accounts, Connected Apps")
        if case .client = request.proof {
            explained.remedy = "make the store writable (is the disk full?), then sign in again"
        } else {
            explained.remedy =
                "the code is spent: make the store writable (is the disk full?), then sign in with a new code"
        }
        return explained
    }

    /// Reports a name that is reserved, since people will look for it.
    private func noteName(of outcome: SignIn.Outcome, _ request: SignInRequest) {
        guard outcome.replaced == nil, request.wish.name == nil, ConnectionName.isReserved(for: outcome.grant.orgName)
        else { return }
        console.note(
            "Note: 'all' means every connection, so this one is called '\(outcome.grant.name)'; "
                + "rename it with: connections rename \(outcome.grant.name) NAME")
    }

    /// The name that goes, when the same login was stored under another one.
    private static func place(of outcome: SignIn.Outcome) -> String {
        guard let old = outcome.replaced, old.name != outcome.grant.name else { return "" }
        return " in the place of '\(old.name)'"
    }

    /// What a code from the console allows was chosen there, whatever was asked for here.
    private func warnAboutWiderScopes(_ grant: Grant, _ request: SignInRequest) {
        guard request.way == .selfClient, let granted = grant.scopes else { return }
        let asked = Set(request.wish.scopes.map(\.name))
        let wider = granted.map(\.name).filter { name in
            !asked.contains(name)
                && !asked.contains(name.split(separator: ".").dropLast().joined(separator: ".") + ".ALL")
        }
        guard !wider.isEmpty else { return }
        console.note(
            "Note: the code from the console allows more than was asked for: \(wider.joined(separator: ", "))")
    }

    /// - Returns: whether Zoho ended what a new login replaces.
    private func endOld(_ old: Grant, _ outcome: SignIn.Outcome) async -> Bool {
        guard outcome.endsOlder else { return false }
        do {
            return try await SignOut(transport: transport, clock: clock).revoke(old) == .revoked
        } catch {
            console.note(
                "The older grant could not be revoked (\((error as? ZoshError)?.problem ?? "no answer")); it counts "
                    + "towards Zoho's limit of \(TokenBudget.liveGrants) grants"
            )
            return false
        }
    }

    private func warnAboutGrantLimit(_ grant: Grant, _ existing: [Grant]) {
        let others = existing.filter { $0.id != grant.id }
        let count = TokenBudget.siblings(of: grant, among: others + [grant]).count
        guard count >= TokenBudget.warnFrom, grant.refreshToken != nil else { return }
        console.note(
            "Note: \(count) of the \(TokenBudget.liveGrants) grants Zoho keeps for \(grant.email) and this client are "
                + "in this store; beyond that Zoho revokes the oldest without notice"
        )
    }
}
