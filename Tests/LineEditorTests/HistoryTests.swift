internal import Testing

@testable internal import LineEditor

struct HistoryTests {
    private actor Store: HistoryStore {
        struct Full: Error {}
        private(set) var entries: [HistoryEntry]
        private var failures: Int

        init(_ lines: [String] = [], failures: Int = 0) {
            entries = lines.map { HistoryEntry($0) }
            self.failures = failures
        }

        func load() async throws -> [HistoryEntry] { entries }

        func append(_ new: [HistoryEntry]) async throws {
            if failures > 0 {
                failures -= 1
                throw Full()
            }
            entries += new
        }
    }

    private func lines(_ history: History) -> [String] { history.entries.map(\.line) }

    @Test func `Blank lines, lines behind a space, repetitions and filtered lines are not kept`() {
        let history = History(filter: { $0.contains("secret") ? nil : $0 })
        for line in ["", "   ", " hidden", "a", "a", "auth secret", "b", "a"] { history.record(line) }
        #expect(lines(history) == ["a", "b", "a"])
    }

    @Test func `A filter may keep a line without its secret`() {
        let history = History(filter: { $0.replacing("hunter2", with: "‹secret›") })
        history.record("login hunter2")
        #expect(lines(history) == ["login ‹secret›"])
    }

    @Test func `What was typed before the store opened follows what it held`() async throws {
        let history = History()
        history.record("early", context: "acme")
        let store = Store(["old"])
        try await history.attach(store)
        try await history.flush()
        #expect(lines(history) == ["old", "early"])
        #expect(await store.entries == [HistoryEntry("old"), HistoryEntry("early", context: "acme")])
    }

    @Test func `A store that fails loses nothing and keeps the order`() async throws {
        let history = History()
        let store = Store(failures: 1)
        try await history.attach(store)
        history.record("a")
        await #expect(throws: Store.Full.self) { try await history.flush() }
        history.record("b")
        try await history.flush()
        #expect(await store.entries.map(\.line) == ["a", "b"])
        try await history.flush()
        #expect(await store.entries.count == 2)
    }

    @Test func `Memory is bounded`() {
        let history = History(limit: 3)
        for number in 1...5 { history.record("line \(number)") }
        #expect(lines(history) == ["line 3", "line 4", "line 5"])
    }

    @Test func `The newest longer line that begins alike is found`() {
        let history = History()
        for line in ["users list", "users show 1", "users"] { history.record(line) }
        #expect(history.newest(startingWith: "users") == "users show 1")
        #expect(history.newest(startingWith: "users l") == "users list")
        #expect(history.newest(startingWith: "x") == nil)
    }

    @Test func `A walk goes through matching lines once each and comes back to the live line`() {
        let entries = ["users a", "orgs", "users b", "users a"].map { HistoryEntry($0) }
        var walk = HistoryWalk(live: "us", prefix: "us", entries: entries)
        let older = [walk.older(), walk.older(), walk.older()]
        #expect(older == ["users a", "users b", nil])
        let newer = [walk.newer(), walk.newer(), walk.newer()]
        #expect(newer == ["users a", "us", nil])
    }

    @Test(arguments: [
        ("us", "users", FuzzyMatch.Quality.prefix), ("list", "users list", .wordStart), ("ser", "users", .inside),
        ("uli", "users list", .scattered), ("US", "users", .prefix), ("", "x", .prefix),
    ])
    func `A match knows how good it is`(pattern: String, text: String, quality: FuzzyMatch.Quality) {
        #expect(FuzzyMatch(pattern, in: text)?.quality == quality)
    }

    /// A character that is not ASCII, behind the text, must change nothing about what is found before it.
    @Test(arguments: [
        ("us", "users"), ("US", "a Users"), ("rs list", "users list"), ("ul", "Users x List"), ("3", "a3"), ("s", "9s"),
        ("x\n", "x\ny"),
        ("\n", "x\r\ny"), ("y", "x\r\nY"), ("zz", "users"), ("=a", "ids=A,b"),
    ])
    func `Plain text is searched like any other`(pattern: String, text: String) {
        let (plain, wide) = (FuzzyMatch(pattern, in: text), FuzzyMatch(pattern, in: text + "é"))
        #expect(plain?.quality == wide?.quality)
        #expect(plain?.offsets == wide?.offsets)
    }

    @Test func `Letters out of order do not match`() {
        #expect(FuzzyMatch("su", in: "uus") == nil)
        #expect(FuzzyMatch("long", in: "lon") == nil)
    }

    @Test func `A search ranks whole matches before scattered ones and newer before older`() {
        let entries = ["list x", "l-i-s-t", "users list"].map { HistoryEntry($0) }
        let search = HistorySearch(entries: entries, query: "list")
        #expect(search.found.map(\.line) == ["users list", "list x", "l-i-s-t"])
    }
}
