/// One request as libcurl is given it. Nothing in it can end a line and begin another one.
struct TransferOrder: Sendable {
    let method: String
    let url: String
    let headers: [String]
    let body: [UInt8]?
    let takesGzip: Bool
    let sharesConnection: Bool
    let proxy: ProxySettings.Proxy?
    let authorities: Authorities
    let deadline: Duration
    let connecting: Duration

    /// - Parameters:
    ///   - deadline: how long the request may take, its reply included.
    ///   - connecting: how long a connection may take to come about.
    init(
        _ call: HTTPCall, through proxy: ProxySettings.Proxy?, trusting authorities: Authorities, deadline: Duration,
        connecting: Duration
    ) throws(TransferFailure) {
        method = call.method.rawValue
        url = call.origin + call.target
        guard call.target.first == "/", url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !url.contains("#") else {
            throw TransferFailure(.badAddress)
        }
        // Compression is libcurl's to ask for, since it undoes it.
        let isCoding = { (header: (name: String, value: String)) in header.name.lowercased() == "accept-encoding" }
        takesGzip = call.headers.contains { isCoding($0) && $0.value == "gzip" }
        headers = try ([(name: "User-Agent", value: "zosh")] + call.headers.filter { !isCoding($0) }).map {
            header throws(TransferFailure) in try Self.line(header)
        }
        // A method that takes a body says that it has none, too.
        body = call.body ?? (call.method == .get || call.method == .delete ? nil : [])
        // A connection that breaks leaves the fate open of all that was sent on it. Without TLS nothing says whether
        // HTTP/2 is spoken: libcurl would let all requests wait for the first reply.
        sharesConnection = call.method == .get && url.hasPrefix("https:")
        self.proxy = proxy
        self.authorities = authorities
        self.deadline = deadline
        self.connecting = connecting
    }

    private static func line(_ header: (name: String, value: String)) throws(TransferFailure) -> String {
        let separators = Array("\"(),/:;<=>?@[\\]{} ".utf8)
        guard !header.name.isEmpty,
            header.name.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !separators.contains($0) }),
            header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 })
        else { throw TransferFailure(.badHeader) }
        // libcurl takes a name with a colon and nothing behind it for a header that is to be left out.
        return header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
    }
}
