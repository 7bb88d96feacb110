import LineEditor
import ZoshKit

/// Locks the store of an idle shell, and says so in the prompt.
///
/// It watches only while the prompt waits: a line that runs is work, and keeps what it needs until it ends.
struct IdleWatch: Sendable {
    let storeSession: StoreSession
    let terminal: Terminal
    let state: PromptState

    func start() -> Task<Void, Never> { Task.detached { await watch() } }

    private func watch() async {
        guard let patience = await storeSession.patience else { return }
        var pause = patience
        while (try? await Task.sleep(for: pause)) != nil {
            if await storeSession.lockIfIdle() { return show() }
            // Something behind the prompt used it meanwhile, or it is not open.
            pause = max(patience / 4, .milliseconds(100))
        }
    }

    private func show() {
        var content = PromptState.Content()
        content.isKnown = true
        content.isLocked = true
        let now = state.current
        (content.status, content.settings, content.aliases) = (now.status, now.settings, now.aliases)
        content.isRecording = now.isRecording
        state.show(content)
        terminal.redrawPrompt()
    }
}
