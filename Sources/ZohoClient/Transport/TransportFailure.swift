internal import ZoshKit

/// Why no reply came.
struct TransportFailure: Error, Sendable, Equatable {
    enum Stage: Sendable, Equatable {
        /// The request never left: no connection could be made.
        case beforeSending
        /// The request left, or may have; it is not known what the server did with it.
        case afterSending
        /// The reply is larger than anything Zoho documents.
        case oversized
        case cancelled
        /// The request never left, and its line is over.
        case withdrawn
    }

    var stage: Stage
    /// A few words about the cause, fit for a sentence.
    var reason: String
    var host: String
    /// What to do about this cause; nil leaves it to the stage.
    var remedy: String?
    /// Whether the same request would fail in the same way: a certificate, a proxy that says no.
    var isFinal = false
    /// Whether nothing came before the deadline.
    var isSilence = false

    /// How the same request may be repeated; nil when that would not help.
    var retryClass: RetryPolicy.Failure? {
        guard !isFinal else { return nil }
        return switch stage {
        case .beforeSending: .unreachable
        case .afterSending: isSilence ? .silence : .stumble
        case .oversized, .cancelled, .withdrawn: nil
        }
    }
}

extension TransportFailure {
    var zoshError: ZoshError {
        switch stage {
        case .cancelled, .withdrawn: .interrupted
        case .oversized: ZoshError(.network, "\(host): \(reason)")
        case .beforeSending:
            ZoshError(
                .network, "cannot reach \(host): \(reason)", consequence: nil,
                remedy: "nothing was sent; " + (remedy ?? "check the network, then run it again"),
                fact: .nothingSent)
        case .afterSending: ZoshError(.network, "no answer from \(host): \(reason)", remedy: remedy ?? "try again")
        }
    }
}

extension ZoshError {
    static let interrupted = ZoshError(.cancelled, "interrupted")
}
