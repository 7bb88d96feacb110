/// The door of the CRM API: who calls, whether they may, and which room answers.
extension World {
    /// Answers an API request at a data centre.
    func api(_ exchange: Exchange, call: Result<APICall, APIFailure>, at centre: EmulatedDataCentre, concurrent: Int)
        -> Reply
    {
        do {
            let call = try call.get()
            let authority = try authority(exchange, at: centre)
            guard let place = place(ofOrganisation: authority.zgid) else { throw APIFailure.deadToken }
            guard authority.scopes.cover(call.scope) else { throw APIFailure.wrongScope }
            let remaining = try spend(authority.zgid, concurrent: concurrent)
            guard !organisations[place].callerIsInactive else { throw APIFailure.inactiveCaller }
            if organisations[place].missingPermissions.contains("Crm_Implied_Api_Access") {
                throw APIFailure.noPermission("Crm_Implied_Api_Access")
            }
            var reply = try answer(call, exchange, in: place)
            if let limit = configuration.credits, let remaining, remaining * 2 <= limit {
                reply.headers.append(("X-API-CREDITS-REMAINING", String(remaining)))
            }
            return reply
        } catch let failure as APIFailure {
            return failure.reply
        } catch {
            return APIFailure.internalError.reply
        }
    }

    /// The grant behind the `Authorization` header; `Bearer` is accepted beside Zoho's own word.
    private func authority(_ exchange: Exchange, at centre: EmulatedDataCentre) throws(APIFailure) -> Authority {
        guard let token = exchange.accessToken else { throw .noToken }
        guard let authority = ledger.authority(of: token, now: now), authority.dataCentre == centre.code else {
            throw .deadToken
        }
        return authority
    }

    private func spend(_ zgid: String, concurrent: Int) throws(APIFailure) -> Int? {
        if let limit = configuration.concurrency, concurrent > limit { throw .tooMany("concurrency") }
        guard let limit = configuration.credits else { return nil }
        guard let remaining = credits.spend(zgid, of: limit, now: now) else { throw .tooMany("24 hour") }
        return remaining
    }

    private func answer(_ call: APICall, _ exchange: Exchange, in place: Int) throws(APIFailure) -> Reply {
        if [.listUsers, .getUser, .countUsers].contains(call.route) { try organisations[place].requireReader() }
        switch call.route {
        case .listUsers: return try listUsers(call, exchange, in: organisations[place])
        case .getUser: return try getUser(call, exchange, in: organisations[place])
        case .countUsers: return try countUsers(exchange, call, in: organisations[place])
        case .createUser: return try createUser(call, exchange, in: place)
        case .updateUsers, .updateUser: return try updateUser(call, exchange, in: place)
        case .deleteUsers, .deleteUser: return try deleteUser(call, exchange, in: place)
        case .startAuditExport, .listAuditExports, .getAuditExport: return try auditLog(call, exchange, in: place)
        case .downloadAuditLog: return try auditLogFile(call, in: place)
        default: return settings(call, exchange, in: organisations[place])
        }
    }
}

extension Exchange {
    /// The token of an `Authorization` header in either of its spellings.
    var accessToken: String? {
        guard let header = headers["authorization"] else { return nil }
        for prefix in ["zoho-oauthtoken ", "bearer "] where header.lowercased().hasPrefix(prefix) {
            return String(header.dropFirst(prefix.count)).trimmingBlanks
        }
        return nil
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
