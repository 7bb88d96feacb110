internal import CLibcurl

/// How a transfer ended without a reply.
struct TransferFailure: Error, Sendable, Equatable {
    enum Cause: Sendable, Equatable {
        /// libcurl itself cannot be used; in a few words.
        case noLibrary(String)
        case badAddress
        case badHeader
        case noSuchHost
        case noSuchProxy
        case notConnected
        case noHandshake
        case noAuthorities
        /// A proxy that answered, with no; the status of its answer, or 0.
        case proxyRefused(Int)
        case timedOut
        case tooLarge
        case broken
        case damagedCompression
        /// In libcurl's own words.
        case other(String)

        /// Whether it is about a connection that did not come about.
        var isOfConnecting: Bool {
            switch self {
            case .noSuchHost, .noSuchProxy, .notConnected, .noHandshake, .noAuthorities, .proxyRefused: true
            case .noLibrary, .badAddress, .badHeader, .timedOut, .tooLarge, .broken, .damagedCompression,
                .other:
                false
            }
        }
    }

    var cause: Cause
    /// Whether the request may have left. It has not as long as this is false.
    var mayHaveLeft: Bool
    /// An `errno`, or 0.
    var systemError: CInt
    /// What OpenSSL thinks of the certificates: an `X509_V_ERR_…`, 0 when it did not look at any, 1 when all is well
    /// but the host name.
    var verdict: Int
    /// OpenSSL's error, or 0.
    var tlsError: UInt

    init(
        _ cause: Cause, mayHaveLeft: Bool = false, systemError: CInt = 0, verdict: Int = 0, tlsError: UInt = 0
    ) {
        (self.cause, self.mayHaveLeft, self.systemError) = (cause, mayHaveLeft, systemError)
        (self.verdict, self.tlsError) = (verdict, tlsError)
    }

    /// The same as if the request had not left.
    init(_ unsent: TransferFailure) {
        self.init(
            unsent.cause, systemError: unsent.systemError, verdict: unsent.verdict, tlsError: unsent.tlsError)
    }

    /// Nil when there is a reply.
    init?(_ ending: zosh_ending) {
        switch ending.end {
        case ZOSH_REPLIED: return nil
        case ZOSH_BAD_ADDRESS: cause = .badAddress
        case ZOSH_NO_SUCH_HOST: cause = .noSuchHost
        case ZOSH_NO_SUCH_PROXY: cause = .noSuchProxy
        case ZOSH_NOT_CONNECTED: cause = .notConnected
        case ZOSH_NO_HANDSHAKE: cause = .noHandshake
        case ZOSH_NO_AUTHORITIES: cause = .noAuthorities
        case ZOSH_PROXY_REFUSED: cause = .proxyRefused(Int(ending.proxy_status))
        case ZOSH_TIMED_OUT: cause = .timedOut
        case ZOSH_REFUSED: cause = .tooLarge
        case ZOSH_BROKEN: cause = .broken
        case ZOSH_DAMAGED_COMPRESSION: cause = .damagedCompression
        default: cause = .other(String(cString: ending.words))
        }
        mayHaveLeft = ending.may_have_left
        systemError = ending.system_error
        verdict = ending.verdict
        tlsError = ending.tls_error
    }
}
