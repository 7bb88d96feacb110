import LineEditor
import Vault
import ZohoClient
import ZoshCore
import ZoshGate
import ZoshKit

/// Finds out who we are once the prompt stands, and again after every line.
struct PromptRefresher: Sendable {
    let engine: Engine
    let terminal: Terminal
    let state: PromptState

    /// The first look: identity, history, the kept people. Repaints the prompt if it was drawn without.
    func look() async {
        let content = await refresh(.done)
        terminal.redrawPrompt()
        if content.connection == nil, content.connections.count > 1, await engine.session.connectionName == nil {
            let names = content.connections.map(\.name)
            terminal.post(
                "\(names.count) connections are stored and none is chosen: \(names.fewNames); choose one: use NAME")
        }
        // A person who pressed Tab before anything was known learns what there is, unless it is being asked for now.
        if !engine.isFetching.isSet { engine.latestDirectory.haveArrived() }
    }

    /// - Parameters:
    ///   - status: how the last line ended.
    ///   - isNews: false when a prompt with this status stands already.
    @discardableResult
    func refresh(_ status: ExitStatus, isNews: Bool = true) async -> PromptState.Content {
        var content = PromptState.Content()
        content.isKnown = true
        content.status = status
        content.settings = await engine.session.settings
        content.aliases = await engine.session.aliases
        content.isRecording = await engine.session.isRecording
        if let store = await engine.storeSession.openedSilently(), await store.isUnlocked {
            // Best effort: a store that cannot be read says so as soon as a command needs it.
            try? await engine.attachHistory()
            do { try await engine.history.flush() } catch { complain(of: error) }
            if let left = await engine.unfinishedJobs() { terminal.post(left) }
            content.dueJobs = (try? await engine.jobs.dueCount()) ?? 0
            content.connections = (try? await engine.registeredConnections.grants().map(\.summary)) ?? []
            if let grant = try? await engine.currentGrant() {
                content.connection = grant.summary
                if grant.refreshToken == nil { content.tokenEnds = grant.expiresAt }
                await engine.watchDirectory(of: grant)
            }
        } else {
            content.isLocked = (try? await engine.storeSession.store.isCreated) == true
        }
        engine.noteRecentPeople()
        state.show(content, isNews: isNews)
        return content
    }

    /// Says once why typed lines are not on the disk; later ones are tried with them.
    private func complain(of error: any Error) {
        let error = error as? ZoshError ?? (error as? VaultError).map(ZoshError.init)
        guard let error, error.kind != .cancelled, engine.historyLossWasReported.first() else { return }
        terminal.notices.post("The history is not saved yet: \(error.problem)".neutralised)
    }
}

extension Terminal {
    /// Posts a notice, broken between words.
    func post(_ notice: String) { notices.post(notice.wrapped(to: size.columns).joined(separator: "\n")) }
}
