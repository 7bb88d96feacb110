import Synchronization
import ZoshCore
import ZoshKit

/// A journal in memory that can be made to fail, and copied as a kill would leave it.
final class MemoryJournal: JournalStore {
    struct Content: Sendable {
        var headers: [String: Row] = [:]
        var entries: [String: [Row]] = [:]
        var held: Set<String> = []
    }

    private let content: Mutex<Content>
    private let failing = Mutex(false)
    /// While there is no run of this name, runs are kept and not listed.
    private let hidingUntil: String?

    init(_ content: Content = Content(), hidingUntil: String? = nil) {
        self.content = Mutex(content)
        self.hidingUntil = hidingUntil
    }

    var now: Content { content.withLock { $0 } }

    /// What another process finds after this one was killed: all that was appended, nothing held.
    func afterKill(keeping count: Int? = nil) -> MemoryJournal {
        var left = now
        left.held = []
        for (run, entries) in left.entries { left.entries[run] = Array(entries.prefix(count ?? entries.count)) }
        for run in left.headers.keys { left.headers[run]?["ended"] = .null }
        return MemoryJournal(left)
    }

    /// The same journal as a process sees it that looked before the others had begun.
    func hiding(until run: String) -> MemoryJournal { MemoryJournal(now, hidingUntil: run) }

    func fail(_ isFailing: Bool = true) { failing.withLock { $0 = isFailing } }

    func begin(_ header: Row) async throws -> String {
        content.withLock {
            let id = "run-\($0.headers.count + 1)"
            $0.headers[id] = header
            $0.held.insert(id)
            return id
        }
    }

    func setHeader(_ header: Row, of run: String) async throws { content.withLock { $0.headers[run] = header } }

    func append(_ entries: [Row], to run: String) async throws {
        if failing.withLock({ $0 }) { throw ZoshError(.local, "no space left on device") }
        content.withLock { $0.entries[run, default: []] += entries }
    }

    func runs() async throws -> [StoredRun] {
        if let hidingUntil, now.headers[hidingUntil] == nil { return [] }
        return now.headers.map { StoredRun(id: $0.key, header: $0.value) }
    }
    func entries(of run: String) async throws -> [Row] { now.entries[run] ?? [] }

    func claim(_ run: String) async throws {
        let isFree = content.withLock { $0.held.insert(run).inserted }
        guard isFree else { throw ZoshError(.refused, "another process is running this script right now") }
    }

    func release(_ run: String) async { _ = content.withLock { $0.held.remove(run) } }
}
