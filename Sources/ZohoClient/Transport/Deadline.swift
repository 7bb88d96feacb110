/// Raised when something took longer than it may.
struct DeadlineExceeded: Error {}

/// Runs `body` for at most so long, whatever it is doing then, and cancels it.
/// - Throws: `DeadlineExceeded`, or what `body` throws.
func withDeadline<Result: Sendable>(
    _ duration: Duration, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: duration)
            throw DeadlineExceeded()
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw CancellationError() }
        return first
    }
}
