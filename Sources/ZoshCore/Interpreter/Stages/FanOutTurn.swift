internal import Synchronization
internal import ZoshKit

/// Holds the write of one connection of a fan-out at the gate until what all connections would change is counted.
///
/// Only so can `--at-most` be decided for the whole line before the first write.
final class FanOutTurn: Sendable {
    private let connection: String
    private let arrival = AsyncStream<Never>.makeStream()
    private let beginning = AsyncStream<Never>.makeStream()
    private let ended = Mutex<ZoshError?>(nil)

    /// Where the connection asks together with the others; nil where no question is asked.
    let question: SharedQuestion.Part?

    init(of connection: String, asking question: SharedQuestion.Part? = nil) {
        self.connection = connection
        self.question = question
    }

    /// Called by the gate's side: announces what would change, then waits until the connection may begin.
    func wait(announcing effects: [any Effect], to tally: LineTally) async throws {
        tally.announce(effects, on: connection)
        arrive()
        for await _ in beginning.stream {}
        try Task.checkCancellation()
    }

    /// Nothing more is to be expected before the connection may begin: it waits, has failed or has nothing to change.
    func arrive() { arrival.continuation.finish() }

    /// Returns once the connection has arrived, or the task was cancelled.
    func arrived() async { for await _ in arrival.stream {} }

    func begin() { beginning.continuation.finish() }

    /// Why the connection has not come as far as to change something, or no further.
    var failure: ZoshError? { ended.withLock(\.self) }

    func fail(_ error: any Error) { ended.withLock { $0 = ZoshError.placed(error, at: Span(0, 0)) } }

    /// The connection is through, or has failed: it asks nothing any more.
    func leave() {
        arrive()
        question?.leave()
    }
}
