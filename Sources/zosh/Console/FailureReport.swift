import Synchronization
import ZoshCore
import ZoshKit

/// What the process will have failed with, for programs that read JSON: one object as the last line of standard error.
///
/// Whatever reports an error notes it here; the way out asks for the one that goes with its status.
final class FailureReport: Sendable {
    private struct State {
        var isWanted = false
        var latest: (status: ExitStatus, text: String)?
    }

    private let state = Mutex(State())

    /// Every failure of this process is read by a program, also one before the first line runs.
    func want() { state.withLock { $0.isWanted = true } }

    /// - Parameter isForProgram: whether the line that failed prints its rows as JSON.
    func note(_ error: ZoshError, in source: SourceText?, isForProgram: Bool = false) {
        let status = ExitStatus(error.kind)
        state.withLock { state in
            if isForProgram { state.isWanted = true }
            // Of all the mistakes of a text the first is the one to mend first.
            if status == .usage, state.latest?.status == .usage { return }
            state.latest = (status, ErrorRenderer().json(error, in: source))
        }
    }

    /// Notes what was missing or failed among the rows of a line.
    func note(_ sentences: [String], endingWith status: ExitStatus, isForProgram: Bool) {
        let text = ErrorRenderer().json(status, sentences.isEmpty ? nil : sentences.joined(separator: "; "))
        state.withLock { state in
            if isForProgram { state.isWanted = true }
            state.latest = (status, text)
        }
    }

    /// The last line of standard error; nil where nothing failed and where no program reads it.
    func lastLine(endingWith status: ExitStatus) -> String? {
        // A reader that went away wants no last words.
        guard status != .done, status != .readerLeft else { return nil }
        return state.withLock { state in
            guard state.isWanted else { return nil }
            if let latest = state.latest, latest.status == status { return latest.text }
            return ErrorRenderer().json(status)
        }
    }
}
