import ZoshKit

/// The path of `api get` as people have it at hand: below `/crm/{version}`, whole as in Zoho's documents, or the whole
/// address out of a browser.
struct APIPath {
    let path: String
    let query: [(name: String, value: String)]
    /// The version a whole path names.
    let version: APIVersion?

    /// - Parameter origin: the connection's own; an address of any other server is refused.
    init(_ typed: String, origin: String?, at span: Span) throws {
        let (text, isAddress) = try Self.withoutOrigin(typed, origin, at: span)
        guard !text.hasPrefix("//") else { throw Self.elsewhere(typed, at: span) }
        let whole = isAddress ? text.prefix { $0 != "#" } : text[...]
        let parts = whole.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let pairs = parts.count > 1 ? parts[1].split(separator: "&").map(Self.pair) : []
        // An address is encoded, a path is written as it is read.
        query = isAddress ? pairs.map { (Self.decoded($0.name), Self.decoded($0.value)) } : pairs
        var segments = parts[0].split(separator: "/").map(String.init)
        guard segments.first == "crm" else {
            guard !isAddress else { throw Self.elsewhere(typed, at: span) }
            version = nil
            path = String(parts[0].drop { $0 == "/" })
            return
        }
        guard segments.count > 2 else { throw Self.elsewhere(typed, at: span) }
        guard let named = APIVersion(rawValue: segments[1].lowercased()) else {
            throw ZoshError(
                .usage, "'\(segments[1])' is not a version of the CRM API", at: span,
                remedy: "use one of \(APIVersion.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        segments.removeFirst(2)
        version = named
        path = segments.map { isAddress ? Self.decoded($0) : $0 }.joined(separator: "/")
    }

    private static func elsewhere(_ typed: String, at span: Span) -> ZoshError {
        ZoshError(
            .usage, "'\(typed.prefix(60))' is not a path below /crm", at: span, remedy: "give the path: api get users")
    }

    private static func withoutOrigin(_ typed: String, _ origin: String?, at span: Span) throws -> (
        text: String, isAddress: Bool
    ) {
        guard let scheme = typed.firstRange(of: "://") else { return (typed, false) }
        let end = typed[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? typed.endIndex
        let own = origin.map(Self.folded)
        guard Self.folded(String(typed[..<end])) == own else {
            throw ZoshError(
                .usage, "'\(typed[..<end].prefix(60))' is not the API of this connection", at: span,
                remedy: "give only the path, e.g. users" + (origin.map { ", or an address of \($0)" } ?? ""))
        }
        return (String(typed[end...]), true)
    }

    /// Scheme, host and port in one spelling.
    private static func folded(_ origin: String) -> String {
        var text = origin.lowercased()
        while text.hasSuffix("/") { text.removeLast() }
        if text.hasPrefix("https://"), text.hasSuffix(":443") { text.removeLast(4) }
        return text
    }

    private static func pair(_ text: Substring) -> (name: String, value: String) {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (name: String(halves[0]), value: halves.count > 1 ? String(halves[1]) : "")
    }

    /// `%3A` is `:`; what is not such a pair of digits stays.
    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
