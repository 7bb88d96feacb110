internal import ZoshKit

/// Says in an error how much had arrived before it.
enum ArrivedRows {
    static func told(_ error: any Error, rows: Int) -> any Error {
        if error is CancellationError { return ZoshError.interrupted }
        guard var error = error as? ZoshError, rows > 0, error.kind == .network || error.kind == .rateLimited else { return error }
        error.problem += " after \(rows) \(rows == 1 ? "row" : "rows")"
        return error
    }
}
