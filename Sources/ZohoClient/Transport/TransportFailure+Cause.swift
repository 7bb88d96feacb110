internal import AsyncHTTPClient
internal import NIOCore
internal import NIOPosix

extension TransportFailure {
    /// Sorts the HTTP client's errors by the one question that matters to a write: may the server have seen it?
    /// What is not known to be harmless counts as sent.
    init(_ error: any Error) {
        switch error {
        case is CancellationError: self.init(stage: .cancelled, reason: "interrupted")
        case is NIOTooManyBytesError: self.init(stage: .oversized, reason: "the reply is larger than 64 MB")
        case let error as HTTPClientError: self.init(error)
        case let error as NIOConnectionError:
            let cause = error.connectionErrors.first.map { "\($0.error)" } ?? error.dnsAError.map { "\($0)" } ?? "no such host"
            self.init(stage: .beforeSending, reason: Self.words(for: cause))
        case let error as IOError where Self.refusals.contains(error.errnoCode):
            self.init(stage: .beforeSending, reason: Self.words(for: "\(error)"))
        case is ChannelError: self.init(stage: .afterSending, reason: "the connection broke")
        default: self.init(stage: .afterSending, reason: Self.words(for: "\(error)"))
        }
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .cancelled: self.init(stage: .cancelled, reason: "interrupted")
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
            self.init(stage: .beforeSending, reason: "no connection in time")
        case .invalidURL, .emptyHost, .emptyScheme, .alreadyShutdown:
            self.init(stage: .beforeSending, reason: error.shortDescription.lowercased())
        case .readTimeout, .deadlineExceeded, .writeTimeout:
            self.init(stage: .afterSending, reason: "no reply in time")
        case .remoteConnectionClosed: self.init(stage: .afterSending, reason: "the connection was closed")
        default: self.init(stage: .afterSending, reason: PlainText.sentence(error.shortDescription.lowercased(), limit: 80))
        }
    }

    private static let refusals: Set<CInt> = [111, 113, 101, 99]  // ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL

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
