internal import Synchronization
internal import ZoshTrust

/// Decides about one request to the callback page: what the browser is shown, and whether the login has its answer.
///
/// Any program on this machine, and any web page in the user's browser, can send requests here. Only a GET of the exact
/// path with a loopback `Host` and the state of this login counts, and only once; whatever else comes is refused with a
/// reason and changes nothing, so that a wrong request cannot end a right login. Nothing of a request is ever shown.
final class CallbackHandler: Sendable {
    /// What is known of a request before its body.
    struct Visit: Sendable {
        let method: String
        /// Path and query.
        let target: String
        let host: String
    }

    struct Page: Sendable, Equatable {
        let status: Int
        let html: String
    }

    private enum State {
        case open(waiting: CheckedContinuation<ConsentAnswer, any Error>?)
        /// The answer is here, and its page is on the way to the browser.
        case accepted(ConsentAnswer, waiting: CheckedContinuation<ConsentAnswer, any Error>?)
        case answered(ConsentAnswer?)
        case closed
    }

    private let redirect: RedirectURI
    private let expected: Secret
    private let state = Mutex(State.open(waiting: nil))

    init(_ redirect: RedirectURI, expecting state: Secret) {
        self.redirect = redirect
        expected = state
    }

    /// What the browser is shown. Once that is sent, `deliver()` lets the login continue: a program that ends at once
    /// must not take the page with it.
    func receive(_ visit: Visit) -> Page {
        guard redirect.hosts.contains(visit.host.lowercased()) else {
            return Page(status: 421, html: CallbackPages.otherLogin)
        }
        let halves = visit.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.first.map(String.init) == redirect.path else {
            return Page(status: 404, html: CallbackPages.notFound)
        }
        guard visit.method == "GET" else { return Page(status: 405, html: CallbackPages.notFound) }
        let answer = ConsentAnswer(query: halves.count > 1 ? halves[1] : "")
        guard answer.belongs(to: expected) else { return Page(status: 400, html: CallbackPages.otherLogin) }
        guard accept(answer) else { return Page(status: 409, html: CallbackPages.used) }
        return Page(status: 200, html: answer.code == nil ? CallbackPages.refused : CallbackPages.accepted)
    }

    /// The one answer of this login.
    /// - Throws: `CancellationError` when the waiting task is cancelled or the page is closed.
    func answer() async throws -> ConsentAnswer {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let known: Result<ConsentAnswer, any Error>? = state.withLock { state in
                    switch state {
                    case .open(waiting: nil) where !Task.isCancelled:
                        state = .open(waiting: continuation)
                        return nil
                    case .accepted(let answer, waiting: nil) where !Task.isCancelled:
                        state = .accepted(answer, waiting: continuation)
                        return nil
                    case .answered(let answer?):
                        state = .answered(nil)
                        return .success(answer)
                    case .open, .accepted, .answered, .closed:
                        return .failure(CancellationError())
                    }
                }
                if let known { continuation.resume(with: known) }
            }
        } onCancel: {
            close()
        }
    }

    func close() {
        let waiting: CheckedContinuation<ConsentAnswer, any Error>? = state.withLock { state in
            switch state {
            case .open(let waiting), .accepted(_, let waiting):
                state = .closed
                return waiting
            case .answered, .closed: return nil
            }
        }
        waiting?.resume(throwing: CancellationError())
    }

    /// Whether the answer is here, be it that its page is still on the way to the browser.
    var hasAnswer: Bool {
        state.withLock { state in
            switch state {
            case .accepted, .answered: true
            case .open, .closed: false
            }
        }
    }

    /// Hands the accepted answer to the caller that waits for it.
    func deliver() {
        let (answer, waiting): (ConsentAnswer?, CheckedContinuation<ConsentAnswer, any Error>?) = state.withLock {
            state in
            guard case .accepted(let answer, let waiting) = state else { return (nil, nil) }
            state = .answered(waiting == nil ? answer : nil)
            return (answer, waiting)
        }
        if let answer { waiting?.resume(returning: answer) }
    }

    /// False when there was an answer before: a state is good once.
    private func accept(_ answer: ConsentAnswer) -> Bool {
        state.withLock { state in
            guard case .open(let waiting) = state else { return false }
            state = .accepted(answer, waiting: waiting)
            return true
        }
    }
}
