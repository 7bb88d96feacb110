internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOPosix

extension TransportFailure {
    /// Sorts the HTTP client's errors by the one question that matters to a write: may the server have seen it?
    /// What is not known to be harmless counts as sent.
    init(_ error: any Error, host: String) {
        let (stage, reason) = Self.cause(of: error)
        self.init(stage: stage, reason: reason, host: host)
    }

    private static func cause(of error: any Error) -> (Stage, String) {
        switch error {
        case is CancellationError: return (.cancelled, "interrupted")
        case is NIOTooManyBytesError: return (.oversized, "the reply is larger than 64 MB")
        case let error as HTTPClientError: return cause(of: error)
        case let error as NIOConnectionError:
            let cause = error.connectionErrors.first.map { "\($0.error)" } ?? error.dnsAError.map { "\($0)" } ?? "no such host"
            return (.beforeSending, words(for: cause))
        case let error as IOError where refusals.contains(error.errnoCode):
            return (.beforeSending, words(for: "\(error)"))
        case is ChannelError: return (.afterSending, "the connection broke")
        default: return (.afterSending, words(for: "\(error)"))
        }
    }

    private static func cause(of error: HTTPClientError) -> (Stage, String) {
        switch error {
        case .cancelled: return (.cancelled, "interrupted")
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
            return (.beforeSending, "no connection in time")
        case .invalidURL, .emptyHost, .emptyScheme, .alreadyShutdown:
            return (.beforeSending, error.shortDescription.lowercased())
        case _ where error.shortDescription.hasPrefix("Invalid header"):
            return (.beforeSending, "a header holds characters that may not be sent")
        case .readTimeout, .deadlineExceeded, .writeTimeout:
            return (.afterSending, "no reply in time")
        case .remoteConnectionClosed: return (.afterSending, "the connection was closed")
        default: return (.afterSending, PlainText.sentence(error.shortDescription.lowercased(), limit: 80))
        }
    }

    private static let refusals: Set<CInt> = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL]

    /// The system's and the TLS library's descriptions name source lines; people need the cause.
    private static func words(for description: String) -> String {
        let known = [
            ("CERTIFICATE_VERIFY_FAILED", "the server's certificate is not trusted"),
            ("handshakeFailed", "no secure connection could be agreed"),
            ("Connection refused", "connection refused"),
            ("Connection reset", "the connection was reset"),
            ("errno: 111", "connection refused"),
            ("errno: 104", "the connection was reset"),
            ("unreachable", "the network is unreachable"),
        ]
        return known.first { description.contains($0.0) }?.1 ?? PlainText.sentence(description, limit: 100)
    }
}
