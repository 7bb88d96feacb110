internal import Synchronization
internal import ZoshKit

/// What commands of the language tell the interpreter that ran them: leave now, run no more of this, end with this
/// status.
final class LineState: Sendable {
    private struct State {
        var wantsExit = false
        var isInWrongPlace = false
        var status: ExitStatus?
    }

    private let state = Mutex(State())

    var wantsExit: Bool { state.withLock { $0.wantsExit } }

    /// Whether a header said that this text belongs elsewhere: then nothing more of it runs, whatever `;`, `||` or
    /// `--keep-going` say.
    var isInWrongPlace: Bool { state.withLock { $0.isInWrongPlace } }

    /// Whether nothing more may run.
    var isOver: Bool { state.withLock { $0.wantsExit || $0.isInWrongPlace } }

    func isInTheWrongPlace() { state.withLock { $0.isInWrongPlace = true } }

    func exit() { state.withLock { $0.wantsExit = true } }

    /// The status of the statement now running, when its rows do not tell (a replayed script's).
    func end(with status: ExitStatus) { state.withLock { $0.status = status } }

    func takeStatus() -> ExitStatus? {
        state.withLock { state in
            defer { state.status = nil }
            return state.status
        }
    }
}
