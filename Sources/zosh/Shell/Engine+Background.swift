import LineEditor
import ZohoClient
import ZoshCore
import ZoshKit

/// What the shell does behind the prompt, so that Tab and Up have something to answer from.
extension Engine {
    /// How old the cached people may be before the shell asks for what changed.
    static let staleAfter: Int64 = 900

    /// Loads the sealed history once the store is open.
    func attachHistory() async throws {
        guard historyIsAttached.first() else { return }
        let sealed = SealedHistory(storeSession: storeSession)
        do { try await history.attach(sealed) } catch {
            historyIsAttached.failed()
            throw error
        }
        suggestedLines.restore(failed: try await sealed.failedLines())
    }

    /// Remembers how a typed line ended, for what the editor suggests in this session and in later ones.
    func note(_ line: String, aliases: [String: String], failed: Bool) async {
        // As the history has it.
        let remembered = interpreter.writtenOut(line, aliases: aliases)
        suggestedLines.note(remembered, failed: failed)
        guard failed, line.first != " ", let kept = HistoryFilter.kept(remembered) else { return }
        try? await SealedHistory(storeSession: storeSession).mark(failed: kept)
    }

    /// Makes Tab answer from the people of this connection: first from the cached list, whose decoding delays
    /// nothing, then from what Zoho says has changed.
    func watchDirectory(of grant: Grant) async {
        let refresher = await directories.refresher(of: grant)
        latestDirectory.set(refresher)
        freshenDirectory()
    }

    /// Restores the people Tab answers from, and fetches what changed when they are stale; returns at once. Only one
    /// runs at a time, and after a failure none for a minute: the command that needs a person reports the failure.
    func freshenDirectory() {
        guard let refresher = latestDirectory.refresher, isStale(refresher), warming.begin() else { return }
        isFetching.set(refresher.current.snapshot.fetchedAt == nil)
        Task.detached { [self] in
            await refresher.restore()
            let wereKept = refresher.current.snapshot.fetchedAt != nil
            if wereKept {
                isFetching.set(false)
                latestDirectory.haveArrived()
            }
            if isStale(refresher), !lastFailure.isRecent(refresher, within: 60, at: Moment.now),
                let grant = try? await currentGrant(),
                await directories.refresher(of: grant) === refresher
            {
                isFetching.set(true)
                let zoho = HTTPZohoService(tokens: await registeredConnections.tokens(for: grant), transport: transport)
                do { _ = try await refresher.refresh(through: zoho) } catch {
                    lastFailure.note(refresher, error, at: Moment.now)
                }
            }
            isFetching.set(false)
            // Or cannot be had now: after "loading people…" that must be reported, too.
            if !wereKept { latestDirectory.haveArrived() }
            await refresher.complete()
            noteRecentPeople()
            warming.end()
        }
    }

    /// Finds out who was named lately, for Tab to offer first.
    func noteRecentPeople() {
        let lines = history.entries.suffix(RecentPeople.lines).map(\.line)
        latestDirectory.note(recentIDs: RecentPeople.ids(in: lines, of: latestDirectory.current))
    }

    private func isStale(_ refresher: DirectoryRefresher) -> Bool {
        refresher.isOutdated
            || refresher.current.snapshot.fetchedAt.map { Moment.now - $0 > Self.staleAfter } ?? true
    }
}
