import ZoshGate
import ZoshKit

/// Jobs in memory: another process finds what is on it, and can take what nobody holds.
actor Shelf: SeriesStore {
    nonisolated func takeTurn() async throws -> @Sendable () -> Void { {} }

    struct Item {
        var header: Row
        var entries: [Row] = []
        var isFinished = false
    }

    private(set) var items: [Int: Item]
    private var held: Set<Int> = []
    /// How often what was appended to one was read.
    private(set) var readings = 0
    /// What each commit of a job to the disk holds, by kind of entry.
    private(set) var appended: [[String]] = []
    /// How many more times it can be written to; the disk is full then.
    private var room = Int.max

    init(_ items: [Int: Item] = [:]) { self.items = items }

    /// What is found after the process that wrote it was killed.
    var afterKill: Shelf { Shelf(items) }

    func leave(room: Int) { self.room = room }

    nonisolated var outlastsProcess: Bool { true }

    private func write(_ number: Int, _ body: (inout Item) -> Void) throws {
        guard room > 0 else { throw ZoshError(.local, "the disk is full") }
        room -= 1
        var item = items[number] ?? Item(header: Row())
        body(&item)
        items[number] = item
    }

    func begin(_ header: Row) async throws -> Int {
        let number = (items.keys.max() ?? 0) + 1
        try write(number) { $0.header = header }
        held.insert(number)
        return number
    }

    func setHeader(_ header: Row, of number: Int) async throws { try write(number) { $0.header = header } }
    func append(_ entries: [Row], to number: Int) async throws {
        try write(number) { $0.entries += entries }
        appended.append(entries.map { $0.string("entry") ?? "" })
    }

    func finish(_ number: Int, _ header: Row) async throws {
        try write(number) {
            $0.header = header
            $0.isFinished = true
        }
        held.remove(number)
    }

    func discard(_ number: Int) async throws {
        items[number] = nil
        held.remove(number)
    }

    private func stored(_ number: Int) -> StoredItem? {
        items[number].map { StoredItem(number, $0.header, isFinished: $0.isFinished) }
    }

    func open() async throws -> [StoredItem] { items.keys.sorted().compactMap(stored).filter { !$0.isFinished } }

    func latest(_ count: Int, before: Int?) async throws -> [StoredItem] {
        Array(items.keys.filter { $0 < before ?? .max }.sorted(by: >).compactMap(stored).prefix(count))
    }

    func item(_ number: Int) async throws -> StoredItem? { stored(number) }
    func entries(of number: Int) async throws -> [Row] {
        readings += 1
        return items[number]?.entries ?? []
    }

    func claim(_ number: Int) async throws {
        guard held.insert(number).inserted else { throw ZoshError(.refused, "held") }
    }

    func release(_ number: Int) async { held.remove(number) }
    func isHeld(_ number: Int) async -> Bool { held.contains(number) }
    func prune(keeping most: Int, where isOld: @escaping @Sendable (Row) -> Bool) async throws -> Int { 0 }
}

/// One line of one run, as a process runs it: its history knows what earlier attempts have left on the shelf.
struct Attempt {
    static let step = Origin.Step(run: 1, unit: 0, stage: 1)

    let shelf: Shelf
    let history: JobHistory
    let nouns: [Resource]
    let line = LineTally("users update …")

    /// - Parameter now: seconds since 1970.
    init(on shelf: Shelf, at now: Int64 = 1_000_000, nouns: [Resource] = Resource.all) async throws {
        self.shelf = shelf
        self.nouns = nouns
        history = JobHistory(in: shelf, nouns: nouns) { now }
        _ = try await history.steps(of: 1, since: 0)
    }

    /// Applies, and ends the line.
    /// - Parameter endsLine: false where other connections have their part of the line to come.
    func apply(
        _ changes: [any Effect], to executor: any ChangeExecutor, write: WriteOptions = WriteOptions(),
        interactive: Bool = true, console: any Console = Listener(), through connection: ConnectionSummary = Gate.acme,
        unit: Int = step.unit, endsLine: Bool = true
    ) async throws -> [Row] {
        line.begin(unit: Self.step.unit)
        let gate = ChangeGate(
            session: Gate.session {
                $0.interactive = interactive
                $0.connection = connection
            }, console: console, executor: executor,
            history: history, nouns: nouns, settle: {})
        var call = Gate.call(write)
        call.origin = Origin(line: line, step: Origin.Step(run: Self.step.run, unit: unit, stage: Self.step.stage))
        do {
            let rows = try await gate.apply(changes, for: call).collect()
            if endsLine { _ = await line.end() }
            return rows
        } catch {
            _ = await line.end()
            throw error
        }
    }
}
