import LineEditor
import Synchronization
import Vault
import ZohoClient
import ZoshCore
import ZoshKit

/// Finds out who we are once the prompt stands, and again after every line.
struct Arrival: Sendable {
    let engine: Engine
    let terminal: Terminal
    let state: PromptState

    /// The first look: identity, history, the kept people. Repaints the prompt if it was drawn without.
    func look() async {
        await refresh(failed: false)
        terminal.redrawPrompt()
    }

    func refresh(failed: Bool) async {
        var content = PromptState.Content()
        content.isKnown = true
        content.failed = failed
        let settings = await engine.session.settings
        content.readOnly = settings.readOnly
        content.dryRun = settings.dryRun
        if let store = await engine.keeper.openedSilently(), await store.isUnlocked {
            // Best effort: a store that cannot be read says so as soon as a command needs it.
            try? await engine.attachHistory()
            try? await engine.history.flush()
            content.connections = (try? await engine.book.grants().map(\.summary)) ?? []
            if let grant = try? await engine.currentGrant() {
                content.connection = grant.summary
                await engine.warmDirectory(of: grant)
            }
        } else {
            content.isLocked = (try? await engine.keeper.store.isCreated) == true
        }
        state.show(content)
    }
}

/// Whether `exit` was said by the line that runs.
final class Leaving: Sendable {
    private let asked = Mutex(false)

    var isAsked: Bool { asked.withLock { $0 } }
    func ask() { asked.withLock { $0 = true } }
}
