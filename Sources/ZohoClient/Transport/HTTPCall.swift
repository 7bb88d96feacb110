/// One request, complete: what the transport needs and nothing about Zoho.
struct HTTPCall: Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    var method: Method
    /// `https://www.zohoapis.eu`, no trailing slash.
    var origin: String
    /// Path and query, already escaped, beginning with `/`.
    var target: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]?

    static func form(_ fields: [(String, String)]) -> [UInt8] {
        Array(URLText.query(fields.map { (name: $0, value: $1) }).utf8)
    }
}

/// One reply, complete.
struct HTTPReply: Sendable {
    let status: Int
    let contentType: String
    /// `X-API-CREDITS-REMAINING`, which Zoho sends once half of a day's credits are used.
    let credits: Int?
    /// `Retry-After` in seconds; undocumented for CRM, honoured when present.
    let retryAfter: Int?
    /// Where a redirect would lead.
    let location: String?
    /// The server's clock, seconds since 1970; nil when it sent no `Date` of the usual form.
    var date: Int64?
    let body: [UInt8]
}
