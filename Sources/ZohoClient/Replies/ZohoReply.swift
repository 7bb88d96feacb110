internal import ZoshKit

/// A reply decoded but not judged: status, and the JSON it held.
struct ZohoReply: Sendable {
    let status: Int
    /// Null when the reply had no body, as 204 and 304 have.
    let body: Value
    /// Whether the body is empty although the status promises one: no documented reply is.
    let isBlank: Bool
    /// When the server says it answered, in seconds since 1970.
    let date: Int64?

    /// - Throws: `ZoshError.network` for a web page, for text that is no JSON, and for JSON cut short. Accounts servers
    ///   and gateways answer with HTML whatever was asked for, so the first byte decides before the media type does.
    init(_ reply: HTTPReply, from host: String) throws(ZoshError) {
        status = reply.status
        date = reply.date
        let isEmpty = reply.body.allSatisfy(Self.isSpace)
        let hasNoBody = reply.status == 204 || reply.status == 304
        isBlank = isEmpty && !hasNoBody
        if isEmpty || hasNoBody {
            body = .null
            return
        }
        if let retained = RetainedRows.value(of: reply.body) {
            body = retained
            return
        }
        // Everything that is not a plain list, and everything that is to be an error, as this reader words it.
        do {
            body = try JSONReader.value(of: reply.body)
        } catch {
            throw Self.unreadable(reply, from: host, error)
        }
    }

    /// The error of a reply that should hold something.
    static func blank(from host: String, _ status: Int) -> ZoshError {
        ZoshError(
            .network, "\(host) answered HTTP \(status) with an empty body",
            remedy: "try again; if it keeps failing, contact Zoho support")
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func unreadable(_ reply: HTTPReply, from host: String, _ failure: JSONReader.Failure) -> ZoshError {
        let text = String(decoding: reply.body.prefix(4096), as: UTF8.self)
        let looksLikePage = reply.body.first { !isSpace($0) } == UInt8(ascii: "<") || reply.contentType.contains("html")
        if looksLikePage {
            return ZoshError(
                .network,
                "\(host) answered with a web page instead of data (HTTP \(reply.status)): \(WebPage.gist(of: text))",
                remedy: "check the data centre; if Zoho is unavailable, come back later")
        }
        if failure.offset >= reply.body.count {
            return ZoshError(
                .network, "the reply of \(host) was cut short after \(reply.body.count) bytes (HTTP \(reply.status))",
                remedy: "try again")
        }
        return ZoshError(
            .network,
            "\(host) answered with something that is not JSON (HTTP \(reply.status)): "
                + "\(PlainText.sentence(text, limit: 80))",
            remedy: "try again; if it keeps failing, something between here and Zoho answers in its place")
    }
}

/// The few words of an HTML page that tell what it is.
enum WebPage {
    static func gist(of page: String) -> String {
        if let open = page.firstRange(of: "<title>") ?? page.firstRange(of: "<TITLE>") {
            let title = page[open.upperBound...].prefix { $0 != "<" }
            if !title.isEmpty { return PlainText.sentence(String(title), limit: 80) }
        }
        var text = ""
        var inTag = false
        for character in page.prefix(2000) {
            switch character {
            case "<": inTag = true
            case ">":
                inTag = false
                text.append(" ")
            default: if !inTag { text.append(character) }
            }
        }
        let shown = PlainText.sentence(text, limit: 80)
        return shown.isEmpty ? "an empty page" : shown
    }
}
