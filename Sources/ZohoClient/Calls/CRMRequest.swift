internal import ZoshKit
internal import ZoshTrust

/// One request to the CRM API, below `/crm/{version}`.
struct CRMRequest: Sendable {
    var method = HTTPCall.Method.get
    var version = APIVersion.standard
    /// `/users`, `/settings/roles`; escaped already.
    var path: String
    var query: [(name: String, value: String)] = []
    /// An RFC 3339 time, sent as `If-Modified-Since`: Zoho takes no HTTP date there.
    var modifiedSince: String?
    var body: Row?
    /// What the grant must allow; named in the error when it does not.
    var scope: Scope?

    func call(as authorization: Authorization) -> HTTPCall {
        let target = "/crm/\(version.rawValue)\(path)" + (query.isEmpty ? "" : "?" + URLText.query(query))
        var headers = [(name: "Authorization", value: "Zoho-oauthtoken \(authorization.token.revealed())")]
        // Rows compress to a tenth. Replies that bring a token are never asked for in this way.
        if method == .get { headers.append((name: "Accept-Encoding", value: "gzip")) }
        if let modifiedSince { headers.append((name: "If-Modified-Since", value: modifiedSince)) }
        var call = HTTPCall(method: method, origin: authorization.apiDomain, target: target, headers: headers)
        if let body {
            var writer = JSONWriter()
            writer.write(body)
            call.body = writer.drain()
            call.headers.append((name: "Content-Type", value: "application/json"))
        }
        return call
    }
}
