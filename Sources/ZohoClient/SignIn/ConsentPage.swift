internal import ZoshKit

/// A mistake that Zoho shows on its consent page and nowhere else.
///
/// "Invalid client", "Invalid response type", "Invalid scope" and "Invalid redirect URI" are shown in the browser and
/// never redirected. Source: authorization request, Accounts documentation. Their exact words and status are not
/// documented, so a page is believed only when it says one of them and little else: the sign-in page, which may hold
/// every text Zoho knows, says much.
public struct ConsentMistake: Sendable, Equatable {
    /// As the error guide has it: `invalid_redirect_uri`.
    public let code: String
    /// Zoho's own words, fit for a terminal.
    public let said: String
    /// Whose page it is: `eu`.
    public let dataCentre: String

    /// Scalars of visible text; an error page has a sentence or two.
    private static let most = 600

    private static let signs = [
        ("invalid client", "invalid_client"), ("invalid redirect", "invalid_redirect_uri"),
        ("redirect uri mismatch", "invalid_redirect_uri"),
        ("invalid oauth scope", "invalid_scope"), ("invalid scope", "invalid_scope"),
        ("scope does not exist", "invalid_scope"),
        ("invalid response type", "invalid_response_type"), ("unsupported response type", "invalid_response_type"),
    ]

    /// Nil when the page says nothing of the kind.
    init?(page: String, of dataCentre: String) {
        let text = Self.visible(page)
        guard text.unicodeScalars.count <= Self.most else { return nil }
        let plain = text.lowercased().replacing("_", with: " ")
        guard
            let found = Self.signs.compactMap({ sign, code in plain.firstRange(of: sign).map { (code, $0.lowerBound) } }
            ).min(by: { $0.1 < $1.1 })
        else { return nil }
        code = found.0
        self.dataCentre = dataCentre
        // From the sentence on; what stands above it is a heading.
        let start = plain.distance(from: plain.startIndex, to: found.1)
        said = PlainText.sentence(String(text.dropFirst(start)))
    }

    /// The text between the tags, without scripts and styles, its whitespace run together.
    private static func visible(_ page: String) -> String {
        var text = ""
        var rest = page[...]
        while let tag = rest.firstIndex(of: "<") {
            text += rest[..<tag] + " "
            rest = rest[tag...]
            for name in ["script", "style"] where rest.dropFirst().prefix(name.count).lowercased() == name {
                rest = rest.range(of: "</\(name)").map { rest[$0.upperBound...] } ?? ""
            }
            rest = rest.firstIndex(of: ">").map { rest[rest.index(after: $0)...] } ?? ""
        }
        text += rest
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension Substring {
    /// The first place of an ASCII text, whatever its letters' case.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            let end = index(start, offsetBy: text.count, limitedBy: endIndex) ?? endIndex
            if self[start..<end].lowercased() == text { return start..<end }
            start = index(after: start)
        }
        return nil
    }
}

extension OAuthClient {
    /// Looks at the page the person is about to see. Nothing secret is sent: neither secret nor state, and no redirect
    /// is followed but that from one of Zoho's accounts servers to another.
    /// - Returns: nil when there is no mistake on it that can be read.
    /// - Throws: when the page cannot be had.
    public func mistake(of request: ConsentRequest) async throws -> ConsentMistake? {
        var target = request.probePath
        var centre = request.centre
        for _ in 0..<2 {
            let reply: HTTPReply
            do {
                reply = try await transport.send(HTTPCall(method: .get, origin: centre.accounts, target: target))
            } catch {
                throw error.zoshError
            }
            guard (300..<400).contains(reply.status) else {
                return ConsentMistake(page: String(decoding: reply.body.prefix(65_536), as: UTF8.self), of: centre.code)
            }
            guard let location = reply.location,
                let other = table.all.first(where: { location.hasPrefix($0.accounts + ConsentRequest.path + "?") })
            else { return nil }
            centre = other
            target = String(location.dropFirst(centre.accounts.count))
        }
        return nil
    }
}
