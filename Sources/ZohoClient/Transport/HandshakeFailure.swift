/// Why no secure connection came about, in words. Nothing has been sent: a request leaves only after the handshake.
struct HandshakeFailure: Sendable, Equatable {
    var reason: String
    var remedy: String?
    /// Whether another try would end in the same way.
    var isFinal = true

    private static let between = "check the address, and any proxy or firewall on the way"

    /// Nil for failures of a connection that was established, and of none.
    init?(_ failure: TransferFailure) {
        switch failure.cause {
        case .noAuthorities: self = .noAuthorities
        case .noHandshake where failure.verdict != 0: self.init(verdict: failure.verdict)
        case .noHandshake: self.init(tlsError: failure.tlsError)
        default: return nil
        }
    }

    private init(reason: String, remedy: String?, isFinal: Bool = true) {
        (self.reason, self.remedy, self.isFinal) = (reason, remedy, isFinal)
    }

    static let noAuthorities = HandshakeFailure(
        reason: "this machine has no authorities to check certificates with",
        remedy: "install ca-certificates, or name a file of them in SSL_CERT_FILE")

    /// - Parameter verdict: of openssl/x509_vfy.h. 1, which it calls unspecified, is what libcurl leaves when the chain
    ///   is fine and no name in the certificate is the host's.
    private init(verdict: Int) {
        switch verdict {
        case 1, 62, 64: self.init(reason: "its certificate is for another host name", remedy: Self.between)
        case 9: self.init(reason: "its certificate is not valid yet", remedy: "check this machine's clock")
        case 10:
            self.init(
                reason: "its certificate has expired",
                remedy: "check this machine's clock; else the server's owner has to renew it")
        case _ where Self.isUnknownAuthority(verdict):
            self.init(
                reason: "its certificate is not trusted",
                remedy: "if your company runs its own authority, name its certificate in SSL_CERT_FILE; else someone "
                    + "may be listening")
        case 66...68: self.init(reason: "its certificate is too weak", remedy: Self.between)
        default: self.init(reason: "its certificate cannot be checked", remedy: Self.between)
        }
    }

    /// Whether an authority that is not known here may have signed it.
    static func isUnknownAuthority(_ verdict: Int) -> Bool { [2, 18, 19, 20, 21, 27].contains(verdict) }

    /// - Parameter tlsError: library and reason, of openssl/sslerr.h; 0 when the connection ended without a word.
    private init(tlsError: UInt) {
        let sslLibrary: UInt = 20
        let reason = tlsError >> 23 & 0xFF == sslLibrary ? tlsError & 0x7F_FFFF : 0
        switch reason {
        case 258, 1070:
            self.init(
                reason: "it speaks no TLS newer than 1.1, which is not safe",
                remedy: "check the address, and any proxy or firewall on the way; Zoho itself speaks TLS 1.2 and 1.3")
        case 156, 267: self.init(reason: "it does not speak TLS at this port", remedy: "check the address and its port")
        case 294: self = .closed
        default:
            self =
                tlsError == 0
                ? .closed
                : HandshakeFailure(reason: "no secure connection could be agreed", remedy: nil, isFinal: false)
        }
    }

    private static let closed = HandshakeFailure(
        reason: "the connection was closed during the TLS handshake", remedy: nil, isFinal: false)
}
