import Synchronization
import ZoshKit

@testable import ZoshCore
@testable import ZoshGate

/// A shell without terminal, network or clock: what a line shows, reports and asks ends up in memory.
final class Rig: ResultSink, ContextSource, FileReading, Console, Changes, ConnectionList, UserDirectory, HistoryListing
{
    struct Seen: Sendable {
        var rows: [Row] = []
        var columns: [Columns] = []
        var pages: [[String]] = []
        var errors: [ZoshError] = []
        var places: [String] = []
        var notes: [String] = []
        var missing: [String] = []
        var changes: [(any Effect, WriteOptions)] = []
        var questions: [String] = []
    }

    private let state = Mutex(Seen())
    let world: World
    let files: [String: String]
    let connection: ConnectionSummary?
    let session: Session
    let answer: Bool
    /// The connections there are, beside the current one; of those named here the context fails.
    let others: [ConnectionSummary]
    let broken: Set<String>
    /// Where changes really go; nil only remembers them.
    let writer: (any ChangeExecutor)?
    /// Where people are read; nil is `world`.
    let zoho: (any ZohoService)?
    let journal: MemoryJournal?
    private let history: JobHistory?
    let tools: Tools
    /// Whether rows of files say their line, as they do outside tests.
    let saysLines: Bool
    let earlier: [EarlierLine]

    init(
        _ world: World = World(), files: [String: String] = [:], connection: ConnectionSummary? = Rig.acme,
        session: Session = Session(),
        answer: Bool = true, others: [ConnectionSummary] = [], broken: Set<String> = [],
        writer: (any ChangeExecutor)? = nil,
        zoho: (any ZohoService)? = nil, journal: MemoryJournal? = nil, tools: Tools = Tools(), saysLines: Bool = false,
        earlier: [String] = ["users list", "exit"]
    ) {
        self.others = others
        self.broken = broken
        self.writer = writer
        self.zoho = zoho
        self.journal = journal
        history = journal.map { JobHistory(in: MemorySeries(journal: $0, kind: .job), now: { Self.now }) }
        self.world = world
        self.files = files
        self.connection = connection
        self.session = session
        self.answer = answer
        self.tools = tools
        self.saysLines = saysLines
        self.earlier = earlier.enumerated().map { EarlierLine(number: $0 + 1, line: $1, context: "acme") }
    }

    var seen: Seen { state.withLock { $0 } }

    static let acme = ConnectionSummary(
        name: "acme", orgName: "Acme", orgID: "700", dataCentre: "eu", environment: .production,
        email: "root@acme.test", userID: "1",
        apiDomain: "https://www.zohoapis.eu", scopes: ["ZohoCRM.users.ALL"])

    /// Monday 2026-06-15 12:00:00 UTC.
    static let now: Int64 = 1_781_524_800
    static let dates = DateReader(now: { now })

    static let registry = try? CommandRegistry([CoreModule(version: "1.0"), TestModule()])

    func interpreter() throws -> Interpreter {
        let registry = try CommandRegistry([CoreModule(version: "1.0", history: self, keys: TestKeys()), TestModule()])
        return Interpreter(
            registry: registry, session: session, contexts: self, files: self, dates: Self.dates,
            journal: journal.flatMap { journal in
                history.map { Journal(runs: MemorySeries(journal: journal, kind: .run), steps: $0) }
            }, tools: tools)
    }

    /// Runs a text as if typed at the prompt.
    @discardableResult
    func run(_ text: String, interactive: Bool = false) async throws -> Interpreter.Result {
        try await interpreter().run(text, interactive: interactive, showing: self)
    }

    // MARK: ResultSink

    func show(_ stream: RowStream, for call: Call) async throws -> RowOutcome {
        state.withLock { $0.columns.append(stream.columns) }
        while let batch = try await stream.next() { state.withLock { $0.rows += batch.rows } }
        return await stream.outcome()
    }

    func show(page: [String]) async throws { state.withLock { $0.pages.append(page) } }

    func conclude(_ outcome: RowOutcome) async {
        state.withLock {
            $0.notes += outcome.notes
            $0.missing += outcome.missing
        }
    }

    func report(_ error: ZoshError, in source: SourceText) async {
        state.withLock {
            $0.errors.append(error)
            let place = error.span.map { source.place(of: $0).line } ?? 0
            $0.places.append("\(source.name ?? ""):\(place)")
        }
    }

    // MARK: ContextSource

    func context(progress: ProgressMeter) async throws -> ShellContext { await context(as: connection, progress) }

    func context(needsConnection: Bool, progress: ProgressMeter) async throws -> ShellContext {
        if needsConnection, connection == nil, others.count > 1 {
            throw ConnectionSearch.noneChosen(others.map(\.name))
        }
        return try await context(progress: progress)
    }

    private func context(
        as connection: ConnectionSummary?, _ progress: ProgressMeter, isFixed: Bool = false
    ) async -> ShellContext {
        var session = await session.snapshot(connection: connection)
        if isFixed { session.fixedConnection = connection?.name }
        let gate = writer.map { [session] in
            ChangeGate(session: session, console: self, executor: $0, history: history, progress: progress, settle: {})
        }
        return ShellContext(
            session: session, zoho: zoho ?? TestZoho(world: world), directory: self, connections: self,
            changes: gate ?? self, console: self, files: self, progress: progress)
    }

    func context(of connection: String, progress: ProgressMeter) async throws -> ShellContext {
        guard !broken.contains(connection) else { throw ZoshError(.network, "no route to host", remedy: "try again") }
        return await context(as: try await all().first { $0.name == connection }, progress, isFixed: true)
    }

    // MARK: FileReading

    func text(at path: String, _ options: FileOptions) async throws -> String {
        guard let text = files[path] else { throw ZoshError(.local, "there is no file '\(path)'") }
        return text
    }

    func digest(at path: String) async -> String? { files[path].map(Digest.of) }

    func check(_ path: String) throws {
        guard files[path] != nil else { throw ZoshError(.local, "there is no file '\(path)'") }
    }

    func values(at path: String, columns: [String], _ options: FileOptions) async throws -> [String] {
        try await text(at: path).split(separator: "\n").map(String.init)
    }

    /// First line names, the others values, separated by commas; of a .txt one value per line.
    func rows(at path: String, _ options: FileOptions) async throws -> RowStream {
        if path.hasSuffix(".txt") {
            return RowStream(rows: try await values(at: path, columns: []).map { ["line": .string($0)] })
        }
        let lines = try await text(at: path).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        guard let head = lines.first else { return .none }
        return RowStream(
            rows: lines.dropFirst().enumerated().map { index, line in
                let row = Row(zip(head, line).map { (String($0), .string(String($1))) })
                return saysLines ? row.located(at: RowOrigin(file: path, line: index + 2, headingLine: 1)) : row
            })
    }

    // MARK: The rest of the world

    func note(_ text: String) { state.withLock { $0.notes.append(text) } }
    func ask(_ prompt: String) async throws -> String { throw ZoshError(.cancelled, "nobody to ask") }

    func confirm(_ question: Confirmation) async throws -> Bool {
        state.withLock { $0.questions += question.details }
        return answer
    }

    func apply(_ changes: [any Effect], for call: Call) async throws -> RowStream {
        state.withLock { $0.changes += changes.map { ($0, call.write) } }
        return RowStream(
            rows: changes.map { ["action": .string($0.action), "outcome": call.write.dryRun ? "planned" : "done"] })
    }

    func all() async throws -> [ConnectionSummary] { (connection.map { [$0] } ?? []) + others }
    func use(_ name: String) async throws {}
    var snapshot: DirectorySnapshot { .empty }
    func fresh(within seconds: Int64) async throws -> DirectorySnapshot { .empty }
    func fields(of resource: Resource) async throws -> FieldSet {
        FieldSet(resource, seen: ["nothing", "Shoe_Size"] + world.people.flatMap(\.names), gap: nil)
    }
    func recent(_ count: Int) async throws -> [EarlierLine] { Array(earlier.suffix(count)) }
    func lines(_ numbers: ClosedRange<Int>) async throws -> [EarlierLine] {
        earlier.filter { numbers.contains($0.number) }
    }
}
