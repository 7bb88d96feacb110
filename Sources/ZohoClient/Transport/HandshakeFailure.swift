internal import NIOSSL

/// Why no secure connection came about, in words. Nothing has been sent: a request leaves only after the handshake.
struct HandshakeFailure: Sendable, Equatable {
    var reason: String
    var remedy: String?
    /// Whether another try would end in the same way.
    var isFinal = true
    /// Whether the dates of the certificates may say more.
    var isUntrusted = false

    /// Nil for errors of a connection that was established.
    init?(_ error: any Error) {
        let between = "check the address, and any proxy or firewall on the way"
        switch error {
        case let error as NIOSSLExtraError:
            let isName = error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch
            self.init(
                reason: isName ? "its certificate is for another host name" : "its certificate cannot be checked",
                remedy: between)
        case let error as NIOSSLError:
            switch error {
            case .handshakeFailed(let cause): self.init(handshake: "\(cause)")
            case .noCertificateToValidate, .unableToValidateCertificate:
                self.init(reason: "its certificate cannot be checked", remedy: between)
            default: return nil
            }
        // Raised before any handshake, while the authorities are loaded.
        case is BoringSSLError:
            self.init(
                reason: "this machine has no authorities to check certificates with",
                remedy: "install ca-certificates, or name a file of them in SSL_CERT_FILE")
        default: return nil
        }
    }

    private init(reason: String, remedy: String?, isFinal: Bool = true, isUntrusted: Bool = false) {
        (self.reason, self.remedy, self.isFinal, self.isUntrusted) = (reason, remedy, isFinal, isUntrusted)
    }

    private init(handshake cause: String) {
        if cause.contains("CERTIFICATE_VERIFY_FAILED") {
            self = .untrusted
        } else if cause.contains("UNSUPPORTED_PROTOCOL") || cause.contains("PROTOCOL_VERSION") {
            self.init(
                reason: "it speaks no TLS newer than 1.1, which is not safe",
                remedy: "check the address, and any proxy or firewall on the way; Zoho itself speaks TLS 1.2 and 1.3")
        } else if cause.contains("WRONG_VERSION_NUMBER") || cause.contains("HTTP_REQUEST") {
            self.init(reason: "it does not speak TLS at this port", remedy: "check the address and its port")
        } else if cause.contains("EOF") || cause.contains("eof") {
            self.init(reason: "the connection was closed during the TLS handshake", remedy: nil, isFinal: false)
        } else {
            self.init(reason: "no secure connection could be agreed", remedy: nil, isFinal: false)
        }
    }

    static let untrusted = HandshakeFailure(
        reason: "its certificate is not trusted",
        remedy:
            "if your company runs its own authority, name its certificate in SSL_CERT_FILE; else someone may be "
            + "listening",
        isUntrusted: true)

    /// With what the certificates' dates say.
    func refined(by finding: CertificateProbe.Finding?) -> HandshakeFailure {
        switch finding {
        case .expired:
            HandshakeFailure(
                reason: "its certificate has expired",
                remedy: "check this machine's clock; else the server's owner has to renew it")
        case .notYetValid:
            HandshakeFailure(reason: "its certificate is not valid yet", remedy: "check this machine's clock")
        case nil: self
        }
    }
}
