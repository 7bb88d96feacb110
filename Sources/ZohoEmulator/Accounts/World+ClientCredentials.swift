/// Client credentials: a client acting without a person, for one organisation.
extension World {
    /// `soid` names the service and the organisation, `ZohoCRM.<zgid>` (client credentials
    /// documentation). There is no refresh token.
    func clientCredentials(
        _ parameters: FormFields, _ client: Client, at centre: EmulatedDataCentre
    ) throws(TokenFailure) -> Reply {
        let scopes = Scopes(list: parameters["scope"] ?? "")
        let zgid = parameters["soid"]?.split(separator: ".").last.map(String.init) ?? ""
        guard !scopes.names.isEmpty, scopes.unknown == nil,
            organisations.contains(where: { $0.zgid == zgid && $0.dataCentre == centre.code })
        else { throw .invalid_client }
        let authority = Authority(client: client.id, dataCentre: centre.code, zgid: zgid, scopes: scopes)
        return reply(ledger.issueAccess(authority, now: now), authority, at: centre)
    }
}
