internal import Synchronization
public import ZoshKit

/// Keeps the directory of one connection: restores it, fetches it, merges what changed since, publishes it whole.
///
/// Readers take the published directory out of a mutex and never wait. At most one fetch runs at a time; a caller that
/// asks meanwhile gets the same one. A fetch asks only for what changed since the last (`If-Modified-Since`), and for
/// all users once a day, since a merge cannot notice deleted ones.
public actor DirectoryRefresher {
    let key: String
    let store: (any DirectoryStore)?
    private let clock: @Sendable () -> Int64
    let published = Mutex(PublishedDirectory.empty)
    /// Users written here and not read since: the directory is outdated until they are.
    let unread = Mutex<Set<String>>([])
    /// What was read of single users while a fetch was under way, which may have read them before.
    var readMeanwhile: [String: Person] = [:]
    var wholeAt: Int64?
    /// What is stored is read once; a caller that asks meanwhile waits for the same reading.
    private var restoring: Task<Bool, Never>?
    /// After the restoring: what makes answers quick.
    private var completing: Task<Void, Never>?
    private(set) var running: Task<DirectorySnapshot, any Error>?
    /// How many wait for the fetch under way.
    private(set) var waiting = 0

    private static let day: Int64 = 86_400
    /// Clocks differ; asking for some minutes twice costs nothing.
    private static let overlap: Int64 = 600

    /// - Parameters:
    ///   - key: what the directory is stored under; it must not change when a connection is renamed.
    ///   - store: nil keeps it in memory only.
    ///   - clock: seconds since 1970.
    public init(key: String, store: (any DirectoryStore)?, clock: @escaping @Sendable () -> Int64) {
        self.key = key
        self.store = store
        self.clock = clock
    }

    /// What is in memory now; never waits.
    public nonisolated var current: PublishedDirectory { published.withLock { $0 } }

    /// Reads the stored directory, once there is one (a store still locked holds none), and publishes it as soon as it
    /// answers at all. A cache that cannot be read is fetched again, so this does not fail.
    public func restore() async {
        let task = restoring ?? Task { await readStored() }
        restoring = task
        if await !task.value, restoring == task { restoring = nil }
    }

    /// Whether anything was stored.
    private func readStored() async -> Bool {
        guard let store, let blocks = try? await store.load(key), !blocks.isEmpty else { return false }
        guard let kept = try? await DirectoryCoding.content(blocks) else { return true }
        let soon = PublishedDirectory(provisionally: kept.snapshot, kept.texts)
        guard current.snapshot.fetchedAt == nil else { return true }
        wholeAt = kept.wholeAt
        published.withLock { $0 = soon }
        completing = Task {
            let made = await soon.completed()
            // What a fetch brought meanwhile is newer.
            published.withLock { if $0.index == nil { $0 = made } }
        }
        return true
    }

    /// Waits until what was restored answers quickly, and knows who is meant by a name.
    public func complete() async { await completing?.value }

    /// A snapshot at most `seconds` old; fetched when there is none.
    public func fresh(within seconds: Int64, through zoho: any ZohoService) async throws -> DirectorySnapshot {
        await restore()
        let snapshot = current.snapshot
        if !isOutdated, let fetchedAt = snapshot.fetchedAt, (0...seconds).contains(clock() - fetchedAt) {
            return snapshot
        }
        return try await refresh(through: zoho)
    }

    /// Marks the snapshot as old after zosh added a user: a caller that insists on one at most a minute old must not
    /// get this one, in this process or in any other.
    public func outdate() async {
        // The stored snapshot counts too, although it was not read yet.
        await restore()
        let snapshot = current.snapshot
        let limit = clock() - 61
        guard let fetchedAt = snapshot.fetchedAt, fetchedAt > limit else { return }
        let aged = DirectorySnapshot(
            people: snapshot.people, roles: snapshot.roles, profiles: snapshot.profiles, fetchedAt: limit,
            seenFields: snapshot.seenFields, fields: snapshot.fields)
        let made = await PublishedDirectory.made(of: aged)
        // A fetch that came in meanwhile is newer than what was aged.
        guard current.snapshot.fetchedAt == fetchedAt else { return }
        published.withLock { $0 = made }
        try? await store?.save(DirectoryCoding.blocks(aged, wholeAt: wholeAt ?? limit), for: key)
    }

    /// Fetches now, or joins the fetch that is under way.
    public func refresh(through zoho: any ZohoService) async throws -> DirectorySnapshot {
        await restore()
        let task = running ?? Task { try await fetch(through: zoho) }
        running = task
        waiting += 1
        defer {
            waiting -= 1
            if running == task { running = nil }
        }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func fetch(through zoho: any ZohoService) async throws -> DirectorySnapshot {
        let now = clock()
        let known = current.snapshot
        let written = unread.withLock { $0 }
        var query = ListQuery.users(.all)
        if let fetchedAt = known.fetchedAt, let wholeAt, (0..<Self.day).contains(now - wholeAt) {
            query.modifiedSince = Timestamp.rfc3339(fetchedAt - Self.overlap)
        }
        // Page by page: whole rows of all users would take ten times the memory.
        var changed: [Person] = []
        var seen = SeenNames(known.seenFields)
        let pages = zoho.list(.users, query)
        while let page = try await pages.next() {
            changed += page.rows.compactMap(Person.init(row:))
            seen.add(page.rows)
        }
        let outcome = await pages.outcome()
        guard !outcome.isCutShort else {
            // A missing user would look like one who does not exist.
            throw ZoshError(
                .network, outcome.notes.first ?? "Zoho listed fewer users than it promised",
                remedy: "try again; until Zoho lists all users, name them by their ids")
        }
        let isWhole = query.modifiedSince == nil
        let snapshot = DirectorySnapshot(
            people: isWhole ? changed : Self.merge(changed, into: known.people),
            roles: try await Self.named(zoho.list(.roles)), profiles: try await Self.named(zoho.list(.profiles)),
            fetchedAt: now,
            seenFields: seen.names, fields: known.fields)
        if isWhole { wholeAt = now }
        await publish(snapshot)
        unread.withLock { $0.subtract(written) }
        putReadMeanwhile()
        let newest = current.snapshot
        // A directory that cannot be kept is still good for this run.
        try? await store?.save(DirectoryCoding.blocks(newest, wholeAt: wholeAt ?? now), for: key)
        return newest
    }

    var now: Int64 { clock() }

    /// Remembers what Zoho says of the fields, beside the people that are known already.
    func keep(fields: DirectorySnapshot.Fields) async {
        let snapshot = published.withLock { directory in
            directory = directory.with(fields: fields)
            return directory.snapshot
        }
        // Without people there is nothing yet that could be stored; the next fetch takes the fields along.
        guard let fetchedAt = snapshot.fetchedAt else { return }
        try? await store?.save(DirectoryCoding.blocks(snapshot, wholeAt: wholeAt ?? fetchedAt), for: key)
    }

    private func publish(_ snapshot: DirectorySnapshot) async {
        let made = await PublishedDirectory.made(of: snapshot)
        published.withLock { $0 = made }
    }

    private static func merge(_ changed: [Person], into known: [Person]) -> [Person] {
        var people = known
        var positions = Dictionary(known.indices.map { (known[$0].id, $0) }, uniquingKeysWith: { $1 })
        for person in changed {
            if let position = positions[person.id] {
                people[position] = person
            } else {
                positions[person.id] = people.count
                people.append(person)
            }
        }
        return people
    }

    /// People can be completed without the right to read roles or profiles.
    private static func named(_ stream: RowStream) async throws -> [NamedID] {
        do {
            return try await stream.collect().compactMap { row in
                guard let id = row["id"]?.text, let name = row.string("name") else { return nil }
                return NamedID(id: id, name: name)
            }
        } catch let error as ZoshError where [.permission, .refused, .auth].contains(error.kind) { return [] }
    }
}

extension DirectoryRefresher {
    /// The directory as one line's commands see it, fetching through that line's service.
    public nonisolated func directory(through zoho: any ZohoService) -> any UserDirectory {
        LineDirectory(refresher: self, zoho: zoho)
    }
}

private struct LineDirectory: UserDirectory {
    let refresher: DirectoryRefresher
    let zoho: any ZohoService

    var snapshot: DirectorySnapshot { refresher.current.snapshot }

    func fresh(within seconds: Int64) async throws -> DirectorySnapshot {
        try await refresher.fresh(within: seconds, through: zoho)
    }

    func fields(of resource: Resource) async throws -> FieldSet {
        try await refresher.fields(of: resource, through: zoho)
    }
}

extension Person {
    /// A user as Get Users shows them; nil without an id. Names and roles may be null.
    init?(row: Row) {
        guard let id = row["id"]?.text, !id.isEmpty else { return nil }
        let parts = [row.string("first_name"), row.string("last_name")].compactMap(\.self).filter { !$0.isEmpty }
        self.init(
            id: id, name: row.string("full_name") ?? parts.joined(separator: " "), email: row.string("email") ?? "",
            role: row["role"]?.row?.string("name") ?? "", profile: row["profile"]?.row?.string("name") ?? "",
            status: row.string("status") ?? "")
    }
}
