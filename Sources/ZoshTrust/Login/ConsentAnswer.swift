/// What a browser brings back from Zoho's consent page: a grant code and the account's data centre, or a refusal.
///
/// Everything in it is hostile until checked: any web page can make a browser open an address with a query. Source: the
/// authorization reply of the Accounts documentation (`code`, `location`, `accounts-server`, `state`, `error`).
public struct ConsentAnswer: Sendable {
    /// Nil unless Zoho sent one.
    public let code: Secret?
    /// Echoed by Zoho; nil when it is missing.
    public let state: Secret?
    /// The data centre's code, `eu`.
    public let location: String?
    /// `https://accounts.zoho.eu`.
    public let accountsServer: String?
    /// `access_denied` when the person declined.
    public let error: String?

    /// Reads the query of the callback; the first of several values counts, as it does at Zoho.
    /// - Parameter query: without the question mark. One capture shows a trailing `&`.
    public init(query: some StringProtocol) {
        var fields: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.unescaped(halves[0])
            let value = halves.count > 1 ? Self.unescaped(halves[1]) : ""
            if fields[name] == nil, !value.isEmpty { fields[name] = value }
        }
        code = fields["code"].map { Secret(copying: $0) }
        state = fields["state"].map { Secret(copying: $0) }
        location = fields["location"]
        accountsServer = fields["accounts-server"]
        error = fields["error"]
    }

    /// Reads what a person pasted: the whole address, or everything behind its question mark.
    public init(pasted text: String) {
        let line = text.filter { !$0.isWhitespace }
        let query = line.firstIndex(of: "?").map { line[line.index(after: $0)...] } ?? line[...]
        self.init(query: query.prefix { $0 != "#" })
    }

    /// Whether this belongs to the login that began with `expected`; compared in constant time.
    public func belongs(to expected: Secret) -> Bool { state?.matches(expected) ?? false }

    private static func unescaped(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
