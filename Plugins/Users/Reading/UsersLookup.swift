import ZoshKit

/// Users by id, e-mail or name, in the order asked for.
struct UsersLookup: Command {
    let signature = Signature(
        "users lookup", "Look users up by id, e-mail or name, 100 to a call", facts: [.looksUp, .needsUsers],
        rows: .users, input: .optional,
        scopes: [.readUsers], aliases: ["users get"]
    ) {
        UserTargets.parameters
        Option("ids", .list(.userID), "Ids, separated by commas")
        Option("api-version", .apiVersion, "Version of the CRM API to ask")
    }

    let examples = [
        Example("users ids type=AdminUsers | users lookup", "from a pipe, order kept"),
        Example("let me = users me; users lookup $me.email | select email, role.name", "by e-mail, out of a variable"),
    ]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let version: APIVersion? = try call["api-version"]
        let given = call.values("user") + call.values("ids")
        guard !given.isEmpty || call.input != nil || call.isGiven("user") || call.isGiven("ids") else {
            throw ZoshError(
                .usage, "'users lookup' needs users: ids, e-mails or names", at: call.span,
                remedy: "users lookup ada@example.com, or users ids | users lookup")
        }
        let names = UserNames(shell, key: try call["key"])
        let (targets, missing) = try await names.resolve(given)
        let feed = LookupFeed(
            first: targets.map(\.id), input: call.input, missing: missing, names: names, shell: shell)
        var users = shell.zoho.lookup(.users, ids: { try await feed.next() }, version: version)
        users.columns.card = true
        return RowStream(
            users.columns,
            from: LookupResult(users: users, feed: feed, namesNoUser: given.isEmpty && call.input == nil))
    }
}

/// Ids for a lookup: those typed, then those that come down the pipe, as they come.
private actor LookupFeed {
    private var first: [String]?
    private let input: RowStream?
    private let names: UserNames
    private let shell: ShellContext
    private(set) var missing: [String]
    /// How many were found, and whether all were looked for.
    private var found = 0
    private var isAtEnd = false
    private var demand = Demand.everything

    init(first: [String], input: RowStream?, missing: [String], names: UserNames, shell: ShellContext) {
        self.first = first.isEmpty ? nil : first
        self.input = input
        self.missing = missing
        self.names = names
        self.shell = shell
    }

    func note(_ batch: RowBatch?) {
        found += batch?.rows.count ?? 0
        isAtEnd = isAtEnd || batch == nil
    }

    /// How many were found and how many were not, where the list of those who were not is too long to be counted.
    func count(missing: Int) -> String? {
        isAtEnd && missing > 10 ? "\(found) found, \(missing) not found" : nil
    }

    /// What is wanted of the lookup is wanted of what feeds it.
    func ask(for demand: Demand) { self.demand = demand }

    func next() async throws -> [String]? {
        if let ids = first {
            first = nil
            return ids
        }
        guard let page = try await input?.next(for: demand) else { return nil }
        let (targets, lost) = try await names.resolve(rows: page.rows)
        missing += lost
        return targets.map(\.id)
    }

    /// For a name that no user has exactly but some have in part: how many, and how to see them.
    nonisolated func hints(about missing: [String]) -> [String] {
        let directory = shell.directory.snapshot
        // Each costs a look at all users.
        return missing.prefix(3).compactMap { text in
            guard !text.contains("@"), text.contains(where: \.isLetter) else { return nil }
            let hint = directory.hint(about: text)
            guard !hint.isLineAlone else { return nil }
            return "No user is called exactly '\(text)'; \(hint.text(on: shell.session.fixedConnection))"
        }
    }

    func inputOutcome() async -> RowOutcome { await input?.outcome() ?? RowOutcome() }
}

/// The users found, with what could not be resolved added to what Zoho did not know.
private struct LookupResult: RowSource {
    let users: RowStream
    let feed: LookupFeed
    /// Whether what was named, a file or a variable, holds no users.
    let namesNoUser: Bool

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        await feed.ask(for: demand)
        let batch = try await users.next(for: demand)
        await feed.note(batch)
        return batch
    }

    func outcome() async -> RowOutcome {
        var outcome = await feed.inputOutcome().merged(with: users.outcome())
        let missing = await feed.missing
        outcome.missing += missing
        outcome.notes += feed.hints(about: missing)
        if namesNoUser { outcome.notes.append("No users given") }
        if let count = await feed.count(missing: outcome.missing.count) { outcome.notes.append(count) }
        return outcome
    }
}
