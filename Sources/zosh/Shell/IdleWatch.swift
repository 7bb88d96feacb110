import LineEditor
import ZoshKit

/// Locks the store of a shell nobody works in, and says so in the prompt. A line that runs is work: it keeps what it
/// needs until it ends.
struct IdleWatch: Sendable {
    let keeper: StoreKeeper
    let running: RunningLine
    let terminal: Terminal
    let state: PromptState

    func watch() async {
        while !Task.isCancelled {
            let patience = await keeper.patience ?? AutoLock.standard
            // Looking costs nothing; four times is close enough.
            guard (try? await Task.sleep(for: max(patience / 4, .milliseconds(250)))) != nil else { return }
            guard !running.isRunning, await keeper.lockIfIdle() else { continue }
            var content = PromptState.Content()
            content.isKnown = true
            content.isLocked = true
            content.failed = state.current.failed
            state.show(content)
            terminal.redrawPrompt()
        }
    }
}
