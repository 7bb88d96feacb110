internal import Synchronization

/// One remembered line.
public struct HistoryEntry: Equatable, Sendable {
    /// The line as typed, line breaks included.
    public var line: String
    /// Where it was typed (e.g. the connection's name); nil when that means nothing.
    public var context: String?

    public init(_ line: String, context: String? = nil) {
        self.line = line
        self.context = context
    }
}

/// Where lines outlive the process. The room that keeps secrets provides it.
public protocol HistoryStore: Sendable {
    /// Everything stored, oldest first.
    func load() async throws -> [HistoryEntry]
    /// Stores lines typed since, in order. Two shells may append at once; neither loses the other's.
    func append(_ entries: [HistoryEntry]) async throws
}

/// The lines typed so far, in memory; a store can be attached once it is unlocked.
///
/// libedit holds no history: it destroys live lines over 1024 characters and writes its file readable for a
/// moment. Lines that begin with a space and lines the filter rejects never enter.
public final class History: Sendable {
    private struct State {
        var entries: [HistoryEntry] = []
        var unsaved: [HistoryEntry] = []
        var store: (any HistoryStore)?
        /// How many lines fell out of memory at the front.
        var dropped = 0
    }

    private let state = Mutex(State())
    private let limit: Int
    private let filter: @Sendable (String) -> String?

    /// - Parameters:
    ///   - limit: how many lines are kept in memory.
    ///   - filter: returns the line to remember (perhaps with a secret cut out), or nil to forget it.
    public init(limit: Int = 10_000, filter: @escaping @Sendable (String) -> String? = { $0 }) {
        self.limit = limit
        self.filter = filter
    }

    /// Oldest first.
    public var entries: [HistoryEntry] { state.withLock { $0.entries } }

    /// The lines in memory, and the number of the first.
    var numbering: (entries: [HistoryEntry], first: Int) { state.withLock { ($0.entries, $0.dropped + 1) } }

    /// Remembers a line unless it is blank, begins with a space, is filtered, or repeats the newest one.
    public func record(_ line: String, context: String? = nil) {
        guard line.first != " ", line.contains(where: { !$0.isWhitespace }), let kept = filter(line) else { return }
        let entry = HistoryEntry(kept, context: context)
        state.withLock { state in
            guard state.entries.last != entry else { return }
            state.entries.append(entry)
            let excess = state.entries.count - limit
            if excess > 0 {
                state.entries.removeFirst(excess)
                state.dropped += excess
            }
            state.unsaved.append(entry)
        }
    }

    /// Loads what `store` holds in front of what was typed already, and sends later lines there on `flush`.
    public func attach(_ store: any HistoryStore) async throws {
        let stored = try await store.load()
        state.withLock { state in
            state.store = store
            state.entries = Array((stored + state.entries).suffix(limit))
        }
    }

    /// Writes lines not yet stored. A failure keeps them for the next attempt.
    public func flush() async throws {
        let (store, batch) = state.withLock { state -> ((any HistoryStore)?, [HistoryEntry]) in
            guard let store = state.store else { return (nil, []) }
            defer { state.unsaved = [] }
            return (store, state.unsaved)
        }
        guard let store, !batch.isEmpty else { return }
        do {
            try await store.append(batch)
        } catch {
            state.withLock { $0.unsaved = batch + $0.unsaved }
            throw error
        }
    }

    /// The newest line that starts with `prefix`, is longer, and may be offered.
    func newest(startingWith prefix: String, where isOffered: (String) -> Bool = { _ in true }) -> String? {
        entries.last {
            $0.line.utf8.count > prefix.utf8.count && $0.line.utf8.starts(with: prefix.utf8) && isOffered($0.line)
        }?.line
    }
}
