internal import ZoshKit

/// A stage's stream whose errors point at the stage in the person's line.
///
/// Streams are lazy, so an error appears far from the stage that caused it; this is where it learns its place. It is
/// also where cancellation is noticed, once per page.
struct PlacedStream: RowSource {
    let upstream: RowStream
    let place: Span
    /// The whole pipeline: a place in it was given by a stage before.
    let pipeline: Span
    /// A stage that changes things is pulled to its end even when the line is cancelled: what it has not started it
    /// says so, so that it need not be guessed.
    let isWrite: Bool
    /// What there is to say of the stage once its rows are out.
    var notes: [String] = []

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        do {
            if !isWrite { try Task.checkCancellation() }
            return try await upstream.next(for: demand)
        } catch {
            throw ZoshError.placed(error, at: place, in: pipeline)
        }
    }

    func outcome() async -> RowOutcome {
        var outcome = await upstream.outcome()
        outcome.notes += notes
        return outcome
    }
}

extension ZoshError {
    static let interrupted = ZoshError(.cancelled, "interrupted")

    /// Any error as ours, with a place: its own when that lies in `pipeline`, since one that points elsewhere points
    /// into another text.
    static func placed(_ error: any Error, at place: Span, in pipeline: Span? = nil) -> ZoshError {
        let home = pipeline ?? place
        switch error {
        case is CancellationError: return .interrupted
        case var error as ZoshError:
            if error.kind == .cancelled { return error }
            if let span = error.span, span.lower < home.lower || span.upper > home.upper { error.span = nil }
            return error.at(place)
        // Its text is unknown to us and may hold what must not be shown; its type may not.
        default: return ZoshError(.bug, "an error of type \(type(of: error)) was not understood", at: place)
        }
    }
}
