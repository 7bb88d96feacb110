internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOHTTPCompression
internal import NIOPosix
internal import NIOSSL
internal import ZoshKit

extension TransportFailure {
    /// Sorts the HTTP client's errors by the one question that matters to a write: may the server have seen it?
    /// What is not known to be harmless counts as sent.
    /// - Parameter proxy: what the request went through.
    init(_ error: any Error, host: String, through proxy: ProxySettings.Proxy?) {
        self.init(stage: .afterSending, reason: "", host: host)
        switch error {
        case is CancellationError: set(.cancelled, "interrupted")
        case is DeadlineExceeded:
            set(.afterSending, "no complete reply in time")
            isSilence = true
        case is NIOTooManyBytesError: set(.oversized, "the reply is larger than 64 MB")
        case NIOHTTPDecompression.DecompressionError.limit: set(.oversized, "the reply is larger than 64 MB")
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            set(.afterSending, "the compressed reply is damaged or was cut short")
        case let error as ZoshError:
            set(.beforeSending, error.problem)
            (remedy, isFinal) = (error.remedy, true)
        case let error as HTTPClientError: sort(error, proxy)
        case let error as NIOConnectionError:
            let cause =
                error.connectionErrors.first.map { "\($0.error)" } ?? error.dnsAError.map { "\($0)" } ?? "no such host"
            set(.beforeSending, Self.words(for: cause), proxy)
        case let error as IOError where Self.refusals.contains(error.errnoCode):
            set(.beforeSending, Self.words(for: "\(error)"), proxy)
        case is ChannelError: set(.afterSending, "the connection broke")
        default:
            if let handshake = HandshakeFailure(error) {
                set(.beforeSending, handshake.reason)
                (remedy, isFinal) = (handshake.remedy, handshake.isFinal)
            } else if let proxy, proxy.kind == .socks, "\(type(of: error))".contains("SOCKS") {
                refuse(by: proxy)
            } else {
                set(.afterSending, Self.words(for: "\(error)"))
            }
        }
    }

    private mutating func sort(_ error: HTTPClientError, _ proxy: ProxySettings.Proxy?) {
        switch error {
        case .cancelled: set(.cancelled, "interrupted")
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout,
            .socksHandshakeTimeout:
            set(.beforeSending, "no connection in time", proxy)
        case .proxyAuthenticationRequired:
            let login = proxy?.login == nil ? "asks for a login" : "does not accept the login it was given"
            refuse(
                by: proxy, "\(login) (HTTP 407)",
                "write it into \(proxy?.variable ?? "HTTPS_PROXY"): http://USER:PASSWORD@HOST:PORT")
        case .invalidProxyResponse: refuse(by: proxy)
        case .invalidURL, .emptyHost, .emptyScheme, .alreadyShutdown, .invalidProxyConfiguration:
            set(.beforeSending, error.shortDescription.lowercased())
        case _ where error.shortDescription.hasPrefix("Invalid header"):
            set(.beforeSending, "a header holds characters that may not be sent")
        case .readTimeout, .deadlineExceeded, .writeTimeout:
            set(.afterSending, "no reply in time")
            isSilence = true
        case .remoteConnectionClosed: set(.afterSending, "the connection was closed")
        default: set(.afterSending, PlainText.sentence(error.shortDescription.lowercased(), limit: 80))
        }
    }

    private mutating func set(_ stage: Stage, _ reason: String) { (self.stage, self.reason) = (stage, reason) }

    /// A cause that is the proxy's when there is one.
    private mutating func set(_ stage: Stage, _ reason: String, _ proxy: ProxySettings.Proxy?) {
        set(stage, proxy.map { "the proxy \($0.text) (\($0.variable)): \(reason)" } ?? reason)
        if let proxy { remedy = "check \(proxy.variable) and the network; NO_PROXY names hosts that need no proxy" }
    }

    /// A proxy that answered, with no.
    private mutating func refuse(by proxy: ProxySettings.Proxy?, _ reason: String? = nil, _ remedy: String? = nil) {
        let name = proxy.map { "the proxy \($0.text) (\($0.variable))" } ?? "a proxy"
        set(.beforeSending, "\(name) \(reason ?? "refuses to connect to this host")")
        self.remedy =
            remedy ?? "ask the proxy's administrator to allow \(host); NO_PROXY names hosts that need no proxy"
        isFinal = true
    }

    private static let refusals: Set<CInt> = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL]

    /// The system's descriptions name source lines; people need the cause.
    private static func words(for description: String) -> String {
        let known = [
            ("Connection refused", "connection refused"),
            ("Connection reset", "the connection was reset"),
            ("errno: 111", "connection refused"),
            ("errno: 104", "the connection was reset"),
            ("unreachable", "the network is unreachable"),
            ("unknown(host", "no host has this name"),
            ("failure in name resolution", "names of hosts cannot be looked up at the moment"),
            ("UnknownHost", "no host has this name"),
            ("SocketAddressError", "the address of the host cannot be used"),
            ("connectTimeout", "no connection in time"),
        ]
        return known.first { description.contains($0.0) }?.1 ?? PlainText.sentence(description, limit: 100)
    }
}
