/// Up and Down through the history from one live line.
///
/// libedit saves only the first 1024 characters of the live line when a walk starts; this keeps it whole.
/// What stood before the cursor when the walk began filters the entries; equal lines are shown once.
struct HistoryWalk {
    private let live: String
    private let matches: [String]
    private var position = 0
    /// The text the walk last put into the line; when the line differs, the user edited it and the walk is over.
    private(set) var shown: String

    init(live: String, prefix: String, entries: [HistoryEntry]) {
        self.init(live: live, entries: entries) { $0.utf8.starts(with: prefix.utf8) }
    }

    /// A walk over the entries that have `text` anywhere in them.
    init(live: String, containing text: String, entries: [HistoryEntry]) {
        self.init(live: live, entries: entries) { $0.contains(text) }
    }

    private init(live: String, entries: [HistoryEntry], where matches: (String) -> Bool) {
        self.live = live
        shown = live
        var seen: Set<String> = [live]
        self.matches = entries.reversed().map(\.line).filter { matches($0) && seen.insert($0).inserted }
    }

    /// One entry older, or nil at the oldest.
    mutating func older() -> String? {
        guard position < matches.count else { return nil }
        position += 1
        shown = matches[position - 1]
        return shown
    }

    /// One entry newer; the live line itself at the end; nil when already there.
    mutating func newer() -> String? {
        guard position > 0 else { return nil }
        position -= 1
        shown = position == 0 ? live : matches[position - 1]
        return shown
    }
}
