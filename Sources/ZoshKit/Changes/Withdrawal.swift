internal import Synchronization

/// What a cancelled line does about a change that is under way: a request that has left runs to its end, one that has
/// not (the proxy is silent, Zoho asked for a pause) is not sent any more.
///
/// The gate sets it for each change; what waits on the way to Zoho asks for it.
package final class Withdrawal: Sendable {
    @TaskLocal package static var current: Withdrawal?

    private struct State {
        var isAsked = false
        var isOver = false
        var last = 0
        var handlers: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// The line is cancelled.
    package func ask() {
        let handlers = state.withLock { state in
            defer { state.handlers = [:] }
            state.isAsked = true
            return state.isOver ? [] : Array(state.handlers.values)
        }
        for handler in handlers { handler() }
    }

    /// Something has happened at Zoho that has to be finished: from here on nothing is withdrawn.
    package func end() {
        state.withLock { state in
            state.isOver = true
            state.handlers = [:]
        }
    }

    /// Runs `body`, and `withdraw` once the line is cancelled, at once where it is already.
    package func watching<Result>(
        _ withdraw: @escaping @Sendable () -> Void, _ body: () async throws -> Result
    ) async rethrows -> Result {
        let (id, isLate) = state.withLock { state -> (Int, Bool) in
            state.last += 1
            if !state.isOver, !state.isAsked { state.handlers[state.last] = withdraw }
            return (state.last, state.isAsked && !state.isOver)
        }
        if isLate { withdraw() }
        defer { state.withLock { _ = $0.handlers.removeValue(forKey: id) } }
        return try await body()
    }

    /// Runs what only waits; it is cancelled together with the line.
    package static func waiting(_ body: @escaping @Sendable () async throws -> Void) async throws {
        guard let current else { return try await body() }
        let task = Task { try await body() }
        try await withTaskCancellationHandler {
            try await current.watching({ task.cancel() }, { try await task.value })
        } onCancel: {
            task.cancel()
        }
    }
}
