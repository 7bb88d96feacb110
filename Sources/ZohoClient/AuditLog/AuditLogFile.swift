internal import ZoshKit
internal import ZoshTrust

/// The file that an export of Zoho's audit log has become.
///
/// It lies on another host than the API, and the link is Zoho's word: the token is sent to the API's own origin, or to
/// the download host of the same data centre, and to no other.
struct AuditLogFile {
    private let link: String
    private let caller: CRMCaller

    init(_ link: String, caller: CRMCaller) {
        self.link = link
        self.caller = caller
    }

    func rows() async throws -> [Row] {
        var token = try await caller.authorizer.authorization()
        var reply = try await send(as: token)
        if reply.status == 401, let newer = try await caller.authorizer.renewal(of: token) {
            token = newer
            reply = try await send(as: token)
        }
        guard reply.status == 200, !reply.contentType.contains("json") else {
            let decoded = try ZohoReply(reply, from: "Zoho")
            throw ZohoErrorReply.found(in: decoded)?.zoshError(needing: "ZohoFiles.files.READ")
                ?? ZoshError(.network, "Zoho's audit log could not be downloaded (HTTP \(reply.status))")
        }
        guard !reply.body.starts(with: [0x50, 0x4B]) else {
            throw ZoshError(
                .refused, "Zoho's audit log has more than 100,000 entries for this time and comes as an archive",
                remedy: "ask for a shorter time: --since, --until")
        }
        return try AuditLogTable.rows(of: reply.body)
    }

    private func send(as authorization: Authorization) async throws -> HTTPReply {
        let place = try Self.place(of: link, for: authorization.apiDomain)
        caller.progress?.count(calls: 1, credits: 0)
        let call = HTTPCall(
            method: .get, origin: place.origin, target: place.target,
            headers: [(name: "Authorization", value: "Zoho-oauthtoken \(authorization.token.revealed())")])
        do {
            let reply = try await caller.transport.send(call)
            try Redirect.refuse(reply, from: place.origin)
            return reply
        } catch let failure as TransportFailure {
            throw failure.zoshError
        }
    }

    /// - Throws: when it leads elsewhere than to the API's data centre.
    static func place(of link: String, for api: String) throws(ZoshError) -> (origin: String, target: String) {
        guard let scheme = link.firstRange(of: "://") else { throw strange(link) }
        let rest = link[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" }
        let target = String(rest[host.endIndex...])
        guard let origin = WebOrigin(String(link[..<host.endIndex])), target.first == "/",
            target.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }),
            let home = WebOrigin(api), origin == home || downloads(of: home).contains(origin)
        else { throw strange(link) }
        return (origin.text, target)
    }

    /// `https://www.zohoapis.eu` → `https://download.zoho.eu`.
    private static func downloads(of api: WebOrigin) -> [WebOrigin] {
        guard let domain = api.host.split(separator: ".", maxSplits: 2).last, api.host.hasPrefix("www.zohoapis.") else {
            return []
        }
        // Canada's data centre has another name.
        let name = domain == "ca" ? "zohocloud" : "zoho"
        return ["download", "download-accl"].compactMap { WebOrigin("https://\($0).\(name).\(domain)") }
    }

    private static func strange(_ link: String) -> ZoshError {
        ZoshError(
            .network,
            "Zoho offers its audit log at an address that is not one of this data centre: "
                + PlainText.shown(String(link.prefix { $0 != "?" }), limit: 100))
    }
}
