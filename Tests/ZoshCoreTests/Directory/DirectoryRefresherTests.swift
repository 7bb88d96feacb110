import Synchronization
import Testing
import ZoshKit

@testable import ZoshCore

struct DirectoryRefresherTests {
    final class Clock: Sendable {
        private let time = Mutex<Int64>(1_764_000_000)
        var now: Int64 { time.withLock { $0 } }
        func pass(_ seconds: Int64) { time.withLock { $0 += seconds } }
    }

    let clock = Clock()
    let shelf = Shelf()

    func refresher(_ shelf: Shelf? = nil) -> DirectoryRefresher {
        let clock = clock
        return DirectoryRefresher(key: "k", store: shelf ?? self.shelf, clock: { clock.now })
    }

    static func rows(_ people: [Person]) -> [Row] { people.map(ReadOnlyZoho.row) }

    @Test func `before anything was fetched it is empty and does not wait`() {
        #expect(refresher().current.snapshot.fetchedAt == nil)
        #expect(refresher().current.search.count == 0)
    }

    @Test func `it fetches when nothing fresh enough is there, and only then`() async throws {
        let people = Crowd.people(5)
        let zoho = ReadOnlyZoho([Self.rows(people), []])
        let directory = refresher().directory(through: zoho)
        #expect(try await directory.fresh(within: 60).people == people)
        clock.pass(60)
        #expect(try await directory.fresh(within: 60).people == people)
        #expect(await zoho.queries.count == 1)
        clock.pass(1)
        #expect(try await directory.fresh(within: 60).people == people)
        #expect(await zoho.queries.count == 2)
        #expect(directory.snapshot.roles == [NamedID(id: "1", name: "CEO")])
        #expect(directory.snapshot.profiles == [NamedID(id: "2", name: "Standard")])
    }

    @Test func `later fetches ask for what changed and merge it by id`() async throws {
        let people = Crowd.people(3)
        let gone = Person(
            id: people[1].id, name: "New Name", email: people[1].email, role: "CEO", profile: "Standard",
            status: "disabled")
        let joined = Crowd.person(99)
        let zoho = ReadOnlyZoho([Self.rows(people), Self.rows([joined, gone]), Self.rows(people)])
        let refresher = refresher()
        _ = try await refresher.refresh(through: zoho)
        clock.pass(3600)
        #expect(try await refresher.refresh(through: zoho).people == [people[0], gone, people[2], joined])
        #expect(await zoho.queries.map(\.modifiedSince) == [nil, DateReader.rfc3339(clock.now - 3600 - 600)])
        #expect(refresher.current.index?.people(matching: "New Name") == [gone])
        clock.pass(86_400)
        #expect(try await refresher.refresh(through: zoho).people == people)
        #expect(await zoho.queries.last?.modifiedSince == nil)
    }

    @Test func `after somebody was added, whoever insists on the newest asks again, here and in other processes`()
        async throws
    {
        let people = Crowd.people(2)
        let zoho = ReadOnlyZoho([Self.rows(people), Self.rows([Crowd.person(99)])])
        let first = refresher()
        _ = try await first.fresh(within: 30, through: zoho)
        await first.outdate()
        #expect(try await first.fresh(within: 3600, through: zoho).people == people)
        let other = refresher()
        #expect(try await other.fresh(within: 30, through: zoho).people == people + [Crowd.person(99)])
        #expect(await zoho.queries.count == 2)
    }

    @Test func `who was added by a process that had not looked at the kept directory is asked for too`() async throws {
        let people = Crowd.people(2)
        let zoho = ReadOnlyZoho([Self.rows(people), Self.rows([Crowd.person(99)])])
        _ = try await refresher().fresh(within: 30, through: zoho)
        let adding = refresher()
        await adding.outdate()
        #expect(try await adding.fresh(within: 30, through: zoho).people == people + [Crowd.person(99)])
    }

    @Test func `another process begins where this one stopped`() async throws {
        let people = Crowd.people(5)
        _ = try await refresher().refresh(through: ReadOnlyZoho([Self.rows(people)]))
        let second = refresher()
        await second.restore()
        #expect(second.current.snapshot.people == people)
        let zoho = ReadOnlyZoho([])
        #expect(try await second.fresh(within: 10, through: zoho).people == people)
        #expect(await zoho.queries.isEmpty)
    }

    @Test func `a store that opens later is read then`() async throws {
        let people = Crowd.people(3)
        let late = Shelf()
        let refresher = refresher(late)
        await refresher.restore()
        #expect(refresher.current.snapshot.people.isEmpty)
        let blocks = DirectoryCoding.blocks(DirectorySnapshot(people: people, fetchedAt: clock.now), wholeAt: clock.now)
        await late.save(blocks, for: "k")
        await refresher.restore()
        #expect(refresher.current.snapshot.people == people)
    }

    @Test func `two who ask at once read the stored directory once, and neither fetches`() async throws {
        let people = Crowd.people(9_000)
        let blocks = DirectoryCoding.blocks(DirectorySnapshot(people: people, fetchedAt: clock.now), wholeAt: clock.now)
        let shelf = Shelf(["k": blocks])
        let refresher = refresher(shelf)
        let zoho = ReadOnlyZoho([])
        async let first = refresher.fresh(within: 10, through: zoho)
        async let second = refresher.fresh(within: 10, through: zoho)
        #expect(try await [first.people.count, second.people.count] == [9_000, 9_000])
        #expect(await shelf.loads == 1)
        #expect(await zoho.queries.isEmpty)
    }

    @Test func `a stored directory that cannot be read is fetched anew`() async throws {
        let zoho = ReadOnlyZoho([Self.rows(Crowd.people(2))])
        #expect(try await refresher(Shelf(["k": [[1, 2, 3]]])).fresh(within: 10, through: zoho).people.count == 2)
    }

    @Test func `a failed fetch leaves what was known`() async throws {
        let refresher = refresher()
        let zoho = ReadOnlyZoho([Self.rows(Crowd.people(2))])
        _ = try await refresher.refresh(through: zoho)
        await #expect(throws: ZoshError(.network, "no route")) { try await refresher.refresh(through: zoho) }
        #expect(refresher.current.snapshot.people.count == 2)
    }

    @Test func `people need no right to read roles`() async throws {
        let zoho = ReadOnlyZoho([Self.rows(Crowd.people(2))], rolesFail: ZoshError(.permission, "no scope"))
        let snapshot = try await refresher().refresh(through: zoho)
        #expect(snapshot.people.count == 2)
        #expect(snapshot.roles.isEmpty)
        let broken = ReadOnlyZoho([Self.rows(Crowd.people(2))], rolesFail: ZoshError(.network, "gone"))
        await #expect(throws: ZoshError.self) { try await refresher(Shelf()).refresh(through: broken) }
    }

    @Test func `who asks during a fetch gets the same one`() async throws {
        let (started, signal) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let zoho = ReadOnlyZoho([Self.rows(Crowd.people(2))]) {
            signal.yield()
            for await _ in released { break }
        }
        let refresher = refresher()
        async let first = refresher.refresh(through: zoho)
        for await _ in started { break }
        async let second = refresher.refresh(through: ReadOnlyZoho([]))
        // The second joins whenever it comes: the fetch ends only after the release, and what it asks would fail.
        while await refresher.waiting < 2 { await Task.yield() }
        release.yield()
        #expect(try await first.people.count == 2)
        #expect(try await second.people.count == 2)
        #expect(await zoho.queries.count == 1)
    }
}
