internal import ZoshKit

/// How a refresh that Zoho throttles is waited for: visibly, and never by throwing the grant away.
public struct RetryPatience: Sendable {
    /// Called with the seconds left, once a second, and with 0 when the wait is over.
    let report: @Sendable (Int64) -> Void

    public init(report: @escaping @Sendable (Int64) -> Void) { self.report = report }

    /// - Throws: `ZoshError.interrupted` when the waiting caller leaves.
    func wait(_ seconds: Int64, _ clock: any ClientClock) async throws {
        defer { report(0) }
        for left in stride(from: seconds, to: 0, by: -1) {
            report(left)
            do { try await Withdrawal.waiting { try await clock.sleep(for: .seconds(1)) } } catch {
                throw ZoshError.interrupted
            }
        }
    }
}
