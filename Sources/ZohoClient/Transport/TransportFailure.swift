internal import ZoshKit

/// Why no reply came.
struct TransportFailure: Error, Sendable, Equatable {
    enum Stage: Sendable, Equatable {
        /// The request never left: no connection could be made.
        case beforeSending
        /// The request left, or may have; nobody knows what the server did with it.
        case afterSending
        /// The reply is larger than anything Zoho documents.
        case oversized
        case cancelled
    }

    let stage: Stage
    /// A few words about the cause, fit for a sentence.
    let reason: String
    let host: String

    /// What to do when nothing has left this machine.
    static let unsent = "check the network, then run it again"

    /// Whether the same request may do better a moment later.
    var mayPass: Bool { stage == .beforeSending || stage == .afterSending }
}

extension TransportFailure {
    var zoshError: ZoshError {
        switch stage {
        case .cancelled: .interrupted
        case .oversized: ZoshError(.network, "\(host): \(reason)")
        case .beforeSending: ZoshError(.network, "cannot reach \(host): \(reason)", remedy: Self.unsent)
        case .afterSending: ZoshError(.network, "no answer from \(host): \(reason)", remedy: "again")
        }
    }
}

extension ZoshError {
    static let interrupted = ZoshError(.cancelled, "interrupted")
}
