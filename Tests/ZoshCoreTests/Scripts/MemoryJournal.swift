import Synchronization
import ZoshKit

/// Runs and jobs in memory, in the order they were written down; can be made to fail, and copied as a kill would leave
/// it.
final class MemoryJournal: Sendable {
    enum Kind: Hashable { case run, job }

    struct Item: Hashable {
        let kind: Kind
        let number: Int
    }

    struct Event: Sendable, Equatable {
        enum What: Sendable, Equatable {
            case begun(Row)
            case header(Row)
            case entry(Row)
            case finished(Row)
        }

        let item: Item
        let what: What

        /// What an entry says it is.
        var entry: Row? { if case .entry(let row) = what { row } else { nil } }

        func says(_ name: String) -> Bool { entry?["entry"]?.text == name }

        var endsRun: Bool { if case .finished = what { item.kind == .run } else { false } }
    }

    private struct Content {
        var events: [Event]
        var held: Set<Item> = []
        var isFailing = false
    }

    private let content: Mutex<Content>
    /// While there is no run of this number, runs are kept and not listed.
    private let hidingUntil: Int?

    init(_ events: [Event] = [], hidingUntil: Int? = nil) {
        content = Mutex(Content(events: events))
        self.hidingUntil = hidingUntil
    }

    var events: [Event] { content.withLock { $0.events } }

    /// How many there are before the last run was over.
    var lengthOfRun: Int { events.lastIndex(where: \.endsRun) ?? events.count }

    /// What another process finds after this one was killed: the first of all that was written, nothing held. Without a
    /// number all but the ends of runs.
    func afterKill(keeping count: Int? = nil) -> MemoryJournal {
        MemoryJournal(count.map { Array(events.prefix($0)) } ?? events.filter { !$0.endsRun })
    }

    /// The same journal as a process sees it that looked before the others had begun.
    func hiding(until run: Int) -> MemoryJournal { MemoryJournal(events, hidingUntil: run) }

    func fail(_ isFailing: Bool = true) { content.withLock { $0.isFailing = isFailing } }

    func claim(_ number: Int) async throws { try await MemorySeries(journal: self, kind: .run).claim(number) }
    func release(_ number: Int) async { await MemorySeries(journal: self, kind: .run).release(number) }

    fileprivate func write(_ what: Event.What, _ item: Item) throws {
        try content.withLock {
            if $0.isFailing { throw ZoshError(.local, "no space left on device") }
            $0.events.append(Event(item: item, what: what))
        }
    }

    fileprivate func forget(_ item: Item) { content.withLock { $0.events.removeAll { $0.item == item } } }
    fileprivate func take(_ item: Item) -> Bool { content.withLock { $0.held.insert(item).inserted } }
    fileprivate func leave(_ item: Item) { _ = content.withLock { $0.held.remove(item) } }
    fileprivate func isHeld(_ item: Item) -> Bool { content.withLock { $0.held.contains(item) } }

    fileprivate func items(_ kind: Kind) -> [StoredItem] {
        var items: [Int: StoredItem] = [:]
        for event in events where event.item.kind == kind {
            let number = event.item.number
            switch event.what {
            case .begun(let header), .header(let header):
                items[number] = StoredItem(number, header, isFinished: false)
            case .finished(let header): items[number] = StoredItem(number, header, isFinished: true)
            case .entry: break
            }
        }
        if kind == .run, let hidingUntil, items[hidingUntil] == nil { return [] }
        return items.values.sorted { $0.number < $1.number }
    }
}

/// One of the two series.
struct MemorySeries: SeriesStore {
    let journal: MemoryJournal
    let kind: MemoryJournal.Kind

    var outlastsProcess: Bool { true }

    func takeTurn() async throws -> @Sendable () -> Void { {} }

    private func item(_ number: Int) -> MemoryJournal.Item { MemoryJournal.Item(kind: kind, number: number) }

    func begin(_ header: Row) async throws -> Int {
        let number = 1 + Set(journal.events.map(\.item).filter { $0.kind == kind }).count
        try journal.write(.begun(header), item(number))
        _ = journal.take(item(number))
        return number
    }

    func setHeader(_ header: Row, of number: Int) async throws { try journal.write(.header(header), item(number)) }

    func append(_ entries: [Row], to number: Int) async throws {
        for entry in entries { try journal.write(.entry(entry), item(number)) }
    }

    func finish(_ number: Int, _ header: Row) async throws {
        try journal.write(.finished(header), item(number))
        journal.leave(item(number))
    }

    func discard(_ number: Int) async throws {
        journal.forget(item(number))
        journal.leave(item(number))
    }

    func open() async throws -> [StoredItem] { journal.items(kind).filter { !$0.isFinished } }

    func latest(_ count: Int, before: Int?) async throws -> [StoredItem] {
        Array(journal.items(kind).filter { $0.number < before ?? .max }.reversed().prefix(count))
    }

    func item(_ number: Int) async throws -> StoredItem? { journal.items(kind).first { $0.number == number } }

    func entries(of number: Int) async throws -> [Row] {
        journal.events.filter { $0.item == item(number) }.compactMap(\.entry)
    }

    func prune(keeping most: Int, where isOld: @escaping @Sendable (Row) -> Bool) async throws -> Int { 0 }

    func claim(_ number: Int) async throws {
        guard journal.take(item(number)) else {
            throw ZoshError(.refused, "another process is running this line or script right now")
        }
    }

    func release(_ number: Int) async { journal.leave(item(number)) }
    func isHeld(_ number: Int) async -> Bool { journal.isHeld(item(number)) }
}
