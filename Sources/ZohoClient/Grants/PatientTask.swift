internal import Synchronization

extension Task where Failure == any Error {
    /// The task's value, or `CancellationError` as soon as the waiting caller is cancelled. The task itself continues,
    /// since it belongs to all that wait.
    func valueUnlessCancelled() async throws -> Success {
        let answer = FirstAnswer<Success>()
        Task<Void, Never> { answer.give(await result) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { answer.give(to: $0) }
        } onCancel: {
            answer.cancel()
        }
    }
}

/// Hands the first of several answers to the one who waits, whichever comes first.
///
/// Invariant: the continuation is resumed exactly once.
private final class FirstAnswer<Value: Sendable>: Sendable {
    private enum State {
        case open
        case waited(CheckedContinuation<Value, any Error>)
        case answered(Result<Value, any Error>)
        case over
    }

    private let state = Mutex(State.open)

    func give(_ answer: Result<Value, any Error>) {
        let waiter: CheckedContinuation<Value, any Error>? = state.withLock { state in
            switch state {
            case .open: state = .answered(answer)
            case .waited(let continuation):
                state = .over
                return continuation
            case .answered, .over: break
            }
            return nil
        }
        waiter?.resume(with: answer)
    }

    func cancel() { give(.failure(CancellationError())) }

    func give(to continuation: CheckedContinuation<Value, any Error>) {
        let answer: Result<Value, any Error>? = state.withLock { state in
            if case .answered(let answer) = state {
                state = .over
                return answer
            }
            state = .waited(continuation)
            return nil
        }
        if let answer { continuation.resume(with: answer) }
    }
}
