internal import Synchronization
internal import ZoshKit

/// What ends the patterns of a stage that take too long: the person, or a deadline for each row.
///
/// Matching is a plain question with yes or no for an answer, asked deep inside conditions. What interrupted it is kept
/// here, and the stage fails with it before any of its rows is passed on.
final class PatternWatch: Sendable {
    /// How long one row may take.
    static let longest = Duration.seconds(10)

    @TaskLocal static var current: PatternWatch?

    private let limit: Duration
    private let failure = Mutex<ZoshError?>(nil)

    init(limit: Duration = longest) { self.limit = limit }

    /// Runs what a stage does to a page of rows.
    /// - Throws: also what interrupted a pattern.
    static func watching<T>(_ body: () throws -> T) throws -> T {
        let watch = PatternWatch()
        let result = try $current.withValue(watch, operation: body)
        try watch.check()
        return result
    }

    func check() throws { if let error = failure.withLock(\.self) { throw error } }

    /// - Parameter start: when the present row began, nil at first.
    /// - Throws: when the row must not be passed on.
    func look(since start: inout ContinuousClock.Instant?) throws {
        let now = ContinuousClock.now
        let began = start ?? now
        start = began
        let error: ZoshError
        if Task.isCancelled {
            error = ZoshError(.cancelled, "interrupted")
        } else if let known = failure.withLock(\.self) {
            error = known
        } else if now - began >= limit {
            error = ZoshError(
                .local, "a pattern took longer than \(limit.components.seconds) seconds for one row",
                remedy: "use a shorter pattern, or keep fewer rows before it")
        } else {
            return
        }
        failure.withLock { if $0 == nil { $0 = error } }
        throw error
    }
}
