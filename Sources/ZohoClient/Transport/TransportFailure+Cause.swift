internal import Glibc
internal import ZoshKit

extension TransportFailure {
    /// Sorts what ended an exchange by the one question that matters to a write: may the server have seen it?
    /// What is not known to be harmless counts as sent.
    /// - Parameter proxy: what the request went through.
    init(_ error: any Error, host: String, through proxy: ProxySettings.Proxy?) {
        self.init(stage: .afterSending, reason: "", host: host)
        switch error {
        case is CancellationError: set(.cancelled, "interrupted")
        case is Withdrawn: set(.withdrawn, "interrupted")
        case is DeadlineExceeded:
            set(.afterSending, "no complete reply in time")
            isSilence = true
        case let error as ZoshError:
            set(.beforeSending, error.problem)
            (remedy, isFinal) = (error.remedy, true)
        case let error as TransferFailure: sort(error, proxy)
        default: set(.afterSending, PlainText.sentence("\(error)", limit: 100))
        }
    }

    private mutating func sort(_ failure: TransferFailure, _ proxy: ProxySettings.Proxy?) {
        let stage = failure.mayHaveLeft ? Stage.afterSending : .beforeSending
        if failure.mayHaveLeft, failure.cause.isOfConnecting {
            // It left on a connection that was open, and none could be opened in its place.
            var second = TransportFailure(stage: stage, reason: "", host: host)
            second.sort(TransferFailure(failure), proxy)
            return set(stage, "the connection was closed, and a new one failed: \(second.reason)")
        }
        switch failure.cause {
        case .noLibrary(let problem):
            set(.beforeSending, problem)
            (remedy, isFinal) = ("install libcurl 7.87 or newer (Debian: libcurl4)", true)
        case .badAddress: set(.beforeSending, "its address is not valid")
        case .badHeader: set(.beforeSending, "a header holds characters that may not be sent")
        case .noSuchHost: set(stage, "its name cannot be looked up")
        case .noSuchProxy: set(stage, "its name cannot be looked up", proxy)
        case .notConnected: set(stage, Self.words(for: failure.systemError) ?? "no connection", proxy)
        case .noHandshake, .noAuthorities:
            let handshake = HandshakeFailure(failure)
            set(stage, handshake?.reason ?? "no secure connection could be agreed")
            (remedy, isFinal) = (handshake?.remedy, handshake?.isFinal ?? false)
        case .proxyRefused(407):
            let login = proxy?.login == nil ? "asks for a login" : "does not accept the login it was given"
            refuse(
                by: proxy, "\(login) (HTTP 407)",
                "write it into \(proxy?.variable ?? "HTTPS_PROXY"): http://USER:PASSWORD@HOST:PORT")
        case .proxyRefused: refuse(by: proxy)
        case .timedOut: set(stage, "no connection in time", proxy)
        case .tooLarge: set(.oversized, "the reply is larger than 64 MB")
        case .broken:
            let reason = Self.words(for: failure.systemError) ?? "the connection was closed"
            if failure.mayHaveLeft { set(stage, reason) } else { set(stage, reason, proxy) }
        case .damagedCompression: set(stage, "the compressed reply is damaged or was cut short")
        case .other(let words): set(stage, PlainText.sentence(words.lowercased(), limit: 80))
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

    /// The system's own words are in the language of the machine.
    private static func words(for systemError: CInt) -> String? {
        switch systemError {
        case ECONNREFUSED: "connection refused"
        case ECONNRESET, EPIPE: "the connection was reset"
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN: "the network is unreachable"
        case EADDRNOTAVAIL: "the address of the host cannot be used"
        case ETIMEDOUT: "no connection in time"
        default: nil
        }
    }
}
