import LineEditor
import Synchronization
import ZoshCore
import ZoshKit

/// What the prompt shows, kept in memory so that drawing it never waits.
final class PromptState: Sendable {
    struct Content: Sendable {
        /// False until the store was looked at.
        var isKnown = false
        var connection: ConnectionSummary?
        /// All there are, for completion.
        var connections: [ConnectionSummary] = []
        var isLocked = false
        /// How many jobs' time has come.
        var dueJobs = 0
        /// Whether lines are being written down.
        var isRecording = false
        var settings = Session.Settings()
        var aliases: [String: String] = [:]
        /// How the last line ended.
        var status = ExitStatus.done
        /// When the access token ends, in seconds since 1970, if nothing renews it by itself; else nil.
        var tokenEnds: Int64?
    }

    private struct State {
        var now = Content()
        /// What the prompt before showed: only what differs from it is coloured.
        var before = Content()
    }

    private let state = Mutex(State())
    private let isUTF8: Bool

    init(isUTF8: Bool) { self.isUTF8 = isUTF8 }

    var current: Content { state.withLock { $0.now } }

    /// - Parameter isNews: false when the prompt that says so stands already, and this only completes it.
    func show(_ new: Content, isNews: Bool = true) {
        state.withLock { state in
            if isNews { state.before = state.now }
            state.now = new
        }
    }

    /// A line has ended; the rest is looked up afterwards.
    func show(status: ExitStatus) {
        state.withLock { state in
            state.before = state.now
            state.now.status = status
        }
    }

    /// - Parameters:
    ///   - time: seconds since 1970.
    ///   - viState: the mode of vi the line is in, if it is edited so.
    func prompt(columns: Int, at time: Int64 = Moment.now, viState: ViState? = nil) -> Prompt {
        let (now, before) = state.withLock { ($0.now, $0.before) }
        return PromptComposer(now: now, before: before, columns: columns, isUTF8: isUTF8, time: time, viState: viState)
            .prompt
    }
}
