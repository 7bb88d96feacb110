/// What the emulator answers: a status, a content type and bytes, or a cut connection.
///
/// Kept free of the HTTP library so that every room is testable without a socket. Invariant: a 204
/// or 304 has no body.
struct Reply: Sendable {
    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var delivery = Delivery.whole

    /// How much of the reply reaches the client.
    enum Delivery: Sendable, Equatable {
        case whole
        /// The first bytes of the body under the full length, then the connection ends.
        case truncated(Int)
        /// The body byte by byte, so many milliseconds between two.
        case trickled(Int)
        /// No byte at all: the connection is reset.
        case reset
        /// No byte at all, and the connection stays open until the client leaves.
        case silent
    }

    /// A JSON reply.
    static func json(_ status: Int, _ body: [UInt8]) -> Reply {
        Reply(status: status, headers: [("Content-Type", "application/json;charset=UTF-8")], body: body)
    }

    /// A JSON reply from a value.
    static func json(_ status: Int, _ value: JSONValue) -> Reply {
        var text = JSONText()
        text.value(value)
        return json(status, text.bytes)
    }

    /// An empty set. The observed replies still carry a content type.
    static let noContent = Reply(status: 204, headers: [("Content-Type", "application/json")])

    /// Nothing changed since the time the client named.
    static let notModified = Reply(status: 304, headers: [("Content-Type", "application/json")])

    /// A page for a browser.
    static func html(_ status: Int, _ page: String) -> Reply {
        Reply(status: status, headers: [("Content-Type", "text/html;charset=UTF-8")], body: Array(page.utf8))
    }

    static func redirect(to location: String) -> Reply {
        Reply(status: 302, headers: [("Location", location)])
    }
}
