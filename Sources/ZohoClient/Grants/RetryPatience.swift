internal import ZoshKit

/// How a refresh that Zoho throttles is waited for: visibly, and never by throwing the grant away.
public struct RetryPatience: Sendable {
    /// Hears the seconds left, once a second, and 0 when the wait is over.
    let tell: @Sendable (Int64) -> Void

    public init(tell: @escaping @Sendable (Int64) -> Void) { self.tell = tell }

    /// - Throws: `ZoshError.interrupted` when the waiting caller leaves.
    func wait(_ seconds: Int64, _ clock: any ClientClock) async throws {
        defer { tell(0) }
        for left in stride(from: seconds, to: 0, by: -1) {
            tell(left)
            do { try await Withdrawal.waiting { try await clock.sleep(for: .seconds(1)) } } catch {
                throw ZoshError.interrupted
            }
        }
    }
}
