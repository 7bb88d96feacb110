public import ZoshKit
public import ZoshTrust

/// Checks any token: alive or dead, whose, and what it may do. Nothing is stored.
///
/// The token goes to one data centre, the one named; trying it everywhere would show it to servers that have no
/// business with it.
public struct Inspection: Sendable {
    /// The harmless reads that prove what a token may do.
    private static let probes: [(resource: Resource, query: ListQuery)] = [
        (.users, .users(.current)), (.org, ListQuery()), (.roles, ListQuery()), (.profiles, ListQuery()),
        (.fields, .userFields),
    ]

    private let oauth: OAuthClient
    private let transport: HTTPTransport
    private let clock: any ClientClock
    private let retry: RetryPolicy

    public init(
        transport: HTTPTransport, table: DataCentreTable, clock: any ClientClock = SystemClock(),
        retry: RetryPolicy = RetryPolicy()
    ) {
        oauth = OAuthClient(transport: transport, table: table, clock: clock)
        self.transport = transport
        self.clock = clock
        self.retry = retry
    }

    /// - Returns: `alive, dc, environment, api_domain, email, user_id, org_name, org_id, scopes, missing, code, note`.
    ///   A dead token is a row too, with Zoho's reason.
    /// - Throws: what keeps the question from being answered: no network, a throttle.
    public func inspect(_ token: InspectedToken, at centre: DataCentre) async throws -> Row {
        guard token.isSendable else {
            throw ZoshError(
                .usage, "that is not a token: Zoho's are made of ASCII letters, digits and dots",
                remedy: "copy it again, and nothing around it")
        }
        switch token {
        case .access(let token): return try await look(token, api: centre.api, centre, listed: nil, note: "")
        case .refresh(let token, let id, let secret):
            let made: Result<TokenReply, ZoshError>
            do {
                made = .success(
                    try await oauth.renew(
                        token, ClientCredentials(id: id, secret: secret), for: .inspection, at: centre))
            } catch {
                made = .failure(error)
            }
            if case .failure(let error) = made, error.kind == .auth { return dead(error, at: centre) }
            let reply = try made.get()
            let api =
                reply.apiDomain.flatMap { oauth.table.dataCentre(ofAPIDomain: $0) == nil ? nil : $0 } ?? centre.api
            return try await look(
                reply.accessToken, api: api, centre, listed: reply.scopes,
                note:
                    "this check made one of ten access tokens allowed in ten minutes; it is valid for "
                    + "\(reply.expiresIn / 60) minutes"
            )
        }
    }

    private func look(_ token: Secret, api: String, _ centre: DataCentre, listed: [Scope]?, note: String) async throws
        -> Row
    {
        let caller = CRMCaller(
            transport: transport,
            authorizer: FixedAuthorizer(fixed: Authorization(apiDomain: api, token: token, generation: 0)),
            governor: RateGovernor(), clock: clock, retry: retry, progress: nil)
        var allowed: [Scope] = []
        var missing: [Scope] = []
        var found: [Resource: Row] = [:]
        for (resource, query) in Self.probes {
            guard let scope = resource.scopes[.read] else { continue }
            do {
                let request = CRMRequest(path: resource.path, query: query.sorted, scope: scope)
                let reply = try await caller.read(request)
                allowed.append(scope)
                found[resource] = reply.body.row?[resource.key]?.list?.first?.row
            } catch let error as ZoshError where error.code == "OAUTH_SCOPE_MISMATCH" {
                missing.append(scope)
            } catch let error as ZoshError where error.kind == .auth {
                return dead(error, at: centre)
            } catch let error as ZoshError
                where error.kind == .permission || error.kind == .notFound || error.kind == .refused
            {
                // The token is good; the person behind it may not do this.
                allowed.append(scope)
            }
        }
        let user = found[.users]
        let org = found[.org]
        let scopes = listed ?? allowed
        let home = oauth.table.dataCentre(ofAPIDomain: api) ?? centre
        return [
            "alive": true, "dc": .string(home.code), "environment": .string(ZohoEnvironment(apiDomain: api).rawValue),
            "api_domain": .string(api), "email": .string(user?.string("email") ?? ""),
            "user_id": .string(user?["id"]?.text ?? ""),
            "org_name": .string(org?.string("company_name") ?? ""), "org_id": .string(org?["zgid"]?.text ?? ""),
            "scopes": .string(scopes.map(\.name).joined(separator: " ")),
            "missing": .string(missing.map(\.name).joined(separator: " ")), "code": .null, "note": .string(note),
        ]
    }

    private func dead(_ error: ZoshError, at centre: DataCentre) -> Row {
        let note =
            error.code == "INVALID_TOKEN" || error.code == "INVALID_OAUTHTOKEN"
            ? "expired, revoked, or of another data centre than \(centre.code): try auth inspect dc=…" : error.problem
        return [
            "alive": false, "dc": .string(centre.code), "environment": .null, "api_domain": .string(centre.api),
            "email": "", "user_id": "",
            "org_name": "", "org_id": "", "scopes": "", "missing": "", "code": Value(error.code), "note": .string(note),
        ]
    }
}

extension InspectedToken {
    /// Whether it can travel in a header at all; the network would be blamed for what cannot.
    fileprivate var isSendable: Bool {
        let token =
            switch self {
            case .access(let token): token
            case .refresh(let token, _, _): token
            }
        return token.withUnsafeBytes { $0.allSatisfy { (0x21...0x7E).contains($0) } }
    }
}
