import ZoshKit

@testable import ZohoClient

/// A reply as the transport gives it.
func reply(_ status: Int, _ body: String, contentType: String = "application/json;charset=UTF-8") -> HTTPReply {
    HTTPReply(
        status: status, contentType: contentType, credits: nil, retryAfter: nil, location: nil, body: Array(body.utf8))
}

/// The error a reply stands for; nil when it is none.
func decodedError(_ status: Int, _ body: String) throws -> ZoshError? {
    ZohoErrorReply.found(in: try ZohoReply(reply(status, body), from: "www.zohoapis.com"))?.zoshError()
}
