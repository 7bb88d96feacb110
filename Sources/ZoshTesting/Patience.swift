internal import Glibc
internal import Synchronization

/// How long a test waits for what must happen: longer than any machine at work takes, so that only a program that hangs
/// comes to the end of it.
public enum Patience {
    private static let longest = 300
    private static let timesExhausted = Mutex(0)

    /// Seconds. Once something never happened the run has failed, and what else hangs need not make it longer.
    public static var seconds: Int { timesExhausted.withLock { max(20, longest >> (2 * min($0, 4))) } }

    /// Looks again and again until something is so. Returns when it never is: what the test asserts next says what was
    /// missing.
    public static func wait(
        isolation: isolated (any Actor)? = #isolation, until isSo: () throws -> Bool
    ) async throws {
        let end = now() + Int64(seconds) * 1000
        while try !isSo() {
            guard now() < end else { return noteExhaustion() }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    static func noteExhaustion() { timesExhausted.withLock { $0 += 1 } }

    /// Milliseconds of a clock that is never set.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
