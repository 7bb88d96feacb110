internal import Synchronization

/// One question for all connections of a fan-out: each says what it would do, a person answers for all of them.
package final class SharedQuestion: Sendable {
    /// What one connection has to ask.
    package final class Part: Sendable {
        private enum State {
            case open
            /// Nil where nothing is to be asked.
            case asked(Confirmation?)
            case left
        }

        private let state = Mutex(State.open)
        private let arrival = AsyncStream<Never>.makeStream()
        private let beginning = AsyncStream<Never>.makeStream()
        private let answer = AsyncThrowingStream<Bool, any Error>.makeStream()

        fileprivate init() {}

        /// Waits until the question that all parts make is answered.
        /// - Returns: nil for a part that has asked before, or has nothing more to say.
        package func ask(_ question: Confirmation) async throws -> Bool? { try await wait(with: question) }

        /// Waits for the others where nothing is to be asked, so that none begins before all could.
        package func agree() async throws { _ = try await wait(with: nil) }

        private func wait(with question: Confirmation?) async throws -> Bool? {
            let isFirst = state.withLock { state in
                guard case .open = state else { return false }
                state = .asked(question)
                return true
            }
            guard isFirst else { return nil }
            arrival.continuation.finish()
            for try await isAgreed in answer.stream { return isAgreed }
            throw CancellationError()
        }

        /// The connection has begun what it was let through to do.
        package func begin() { beginning.continuation.finish() }

        /// The connection has nothing to ask, cannot, or is over.
        package func leave() {
            state.withLock { state in if case .open = state { state = .left } }
            arrival.continuation.finish()
            begin()
        }

        fileprivate func arrived() async { for await _ in arrival.stream {} }
        fileprivate func begun() async { for await _ in beginning.stream {} }

        fileprivate var question: Confirmation? {
            state.withLock { state in if case .asked(let question) = state { question } else { nil } }
        }

        fileprivate var isWaiting: Bool {
            state.withLock { state in if case .asked = state { true } else { false } }
        }

        fileprivate func settle(_ result: Result<Bool, any Error>) {
            if case .success(let isAgreed) = result { answer.continuation.yield(isAgreed) }
            if case .failure(let error) = result { answer.continuation.finish(throwing: error) }
            answer.continuation.finish()
        }
    }

    package let parts: [Part]

    package init(of count: Int) { parts = (0..<count).map { _ in Part() } }

    /// Waits until every part has asked or left, asks, and lets all of them continue.
    /// - Parameter check: called once all have asked or left, before the question.
    /// - Throws: `ZoshError.declined`, and what the console and the check throw.
    package func settle(asking console: any Console, unless check: @Sendable () throws -> Void = {}) async throws {
        for part in parts { await part.arrived() }
        let asked = parts.filter(\.isWaiting)
        do {
            try Task.checkCancellation()
            try check()
            if let question = Self.question(asked.compactMap(\.question)) {
                guard try await console.confirm(question) else { throw ZoshError(.declined, "Nothing changed") }
            }
            // Their jobs are numbered in the order of the line.
            for part in asked {
                part.settle(.success(true))
                await part.begun()
            }
        } catch {
            for part in asked { part.settle(.failure(error)) }
            throw error
        }
    }

    /// Each connection with its own sentence and its own rows, and one answer.
    private static func question(_ all: [Confirmation]) -> Confirmation? {
        guard let first = all.first else { return nil }
        guard all.count > 1 else { return first }
        let details = all.flatMap { one in
            [one.question.replacing("?", with: ":")] + one.details.map { "  \($0)" }
        }
        return Confirmation(
            question: "Continue in \(all.count) organisations?", details: details,
            word: all.contains { $0.word != nil } ? "\(all.count) organisations" : nil)
    }
}
