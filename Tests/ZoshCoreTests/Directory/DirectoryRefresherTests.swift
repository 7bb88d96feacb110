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
        #expect(await zoho.queries.map(\.modifiedSince) == [nil, Timestamp.rfc3339(clock.now - 3600 - 600)])
        #expect(refresher.current.index?.people(matching: "New Name") == [gone])
        clock.pass(86_400)
        #expect(try await refresher.refresh(through: zoho).people == people)
        #expect(await zoho.queries.last?.modifiedSince == nil)
    }

    @Test func `after a user was added, a caller that insists on the newest asks again, here and in other processes`()
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

    @Test(arguments: ["status", "role", "full_name", "email"])
    func `what a write has changed is known at once, here and to the next process, without another fetch`(field: String)
        async throws
    {
        let people = Crowd.people(30)
        let zoho = ReadOnlyZoho([Self.rows(people)])
        let first = refresher()
        _ = try await first.refresh(through: zoho)
        var row = ReadOnlyZoho.row(people[4])
        row[field] = field == "role" ? .row(["name": "Auditor", "id": "9"]) : "changed"
        first.noteWrite(to: people[4].id)
        #expect(first.isOutdated)
        await first.put([row])
        let changed = try #require(Person(row: row))
        #expect(!first.isOutdated && changed != people[4])
        let other = refresher()
        for refresher in [first, other] {
            let known = try await refresher.fresh(within: 30, through: zoho).people
            #expect(known == people.map { $0.id == changed.id ? changed : $0 })
            await refresher.complete()
            #expect(refresher.current.index?.people(matching: changed.email) == [changed])
            #expect(refresher.current.search.matches(changed.name, limit: 1) == [4])
        }
        #expect(await zoho.queries.count == 1)
    }

    @Test func `who was deleted is listed as deleted, who was added is found, who is the same changes nothing`()
        async throws
    {
        let people = Crowd.people(3)
        let refresher = refresher()
        _ = try await refresher.refresh(through: ReadOnlyZoho([Self.rows(people)]))
        await refresher.putDeletion(of: people[1].id)
        await refresher.putDeletion(of: "1")
        await refresher.put([ReadOnlyZoho.row(Crowd.person(7)), ReadOnlyZoho.row(people[0])])
        let known = refresher.current.snapshot.people
        #expect(known.map(\.id) == (people + [Crowd.person(7)]).map(\.id))
        #expect(known[1].status == "deleted" && known[0] == people[0])
        #expect(refresher.current.index?.people(matching: Crowd.person(7).email) == [Crowd.person(7)])
        // Active people come first.
        #expect(refresher.current.search.matches("", limit: 9).last == 1)
    }

    @Test func `a write nobody has read back makes the list old until the next fetch`() async throws {
        let people = Crowd.people(2)
        let zoho = ReadOnlyZoho([Self.rows(people), Self.rows([Crowd.person(1)]), Self.rows([])])
        let refresher = refresher()
        _ = try await refresher.fresh(within: 3600, through: zoho)
        refresher.noteWrite(to: people[1].id)
        _ = try await refresher.fresh(within: 3600, through: zoho)
        #expect(await zoho.queries.count == 2)
        #expect(!refresher.isOutdated)
        _ = try await refresher.fresh(within: 3600, through: zoho)
        #expect(await zoho.queries.count == 2)
    }

    @Test func `what is read of a user during a fetch stands, whatever the fetch has read before`() async throws {
        let people = Crowd.people(2)
        let (started, signal) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        let zoho = ReadOnlyZoho([Self.rows(people)]) {
            signal.yield()
            for await _ in released { break }
        }
        let refresher = refresher()
        async let fetched = refresher.refresh(through: zoho)
        for await _ in started { break }
        refresher.noteWrite(to: "unread")
        await refresher.put([ReadOnlyZoho.row(Crowd.person(1)).replacing("status", with: "disabled")])
        release.yield()
        #expect(try await fetched.people.map(\.status) == [people[0].status, "disabled"])
        // Written after the fetch began: it may have read them before.
        #expect(refresher.isOutdated)
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

    @Test func `a stored directory that cannot be read is fetched again`() async throws {
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
