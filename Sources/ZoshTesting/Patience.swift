internal import Glibc

/// How long a test waits for what must happen: longer than any machine at work takes, so that only a program that hangs
/// comes to the end of it.
public enum Patience {
    public static let seconds = 300

    /// Looks again and again until something is so. Returns early when it never is: what the test asserts next says what
    /// was missing.
    public static func wait(
        isolation: isolated (any Actor)? = #isolation, until isSo: () throws -> Bool
    ) async throws {
        let end = now() + Int64(seconds) * 1000
        while try !isSo(), now() < end { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Milliseconds of a clock that nobody sets.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
