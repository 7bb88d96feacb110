import Synchronization
import Testing
import ZoshKit

@testable import ZoshGate

/// What stops a change that nobody means by accident.
struct BrakeTests {
    /// A clock that tests move, in seconds since 1970.
    private final class Clock: Sendable {
        private let time = Mutex<Int64>(1_000_000)
        var now: Int64 { time.withLock { $0 } }
        func advance(_ seconds: Int64) { time.withLock { $0 += seconds } }
    }

    private struct People: PopulationReader {
        let active: Int
        var administrators: Set<String> = ["1", "2", "3"]

        func count(_ resource: Resource, _ query: ListQuery) async throws -> Int { active }
        func ids(_ resource: Resource, _ query: ListQuery) async throws -> Set<String> { administrators }
        func free(_ resource: Resource, for connection: ConnectionSummary) async -> Int? { nil }
    }

    /// One process at the organisation; several share a shelf.
    private struct Process {
        var shelf = Shelf()
        var active = 20
        var administrators: Set<String> = ["1", "2", "3"]
        let clock = Clock()
        var limits = BrakeLimits.standard

        /// - Returns: what stopped the line; nil when it ran.
        func stop(
            _ changes: [any Effect], write: WriteOptions = WriteOptions(yes: true), undoing job: Int? = nil,
            run: Int = 1, ahead: [any Effect] = []
        ) async throws -> ZoshError? {
            let world = Organisation(
                (1...99).map { id in
                    var row = Gate.person(String(id))
                    let isAdministrator = administrators.contains(String(id))
                    row["profile"] = .row(
                        isAdministrator ? ["name": "Administrator", "id": "80"] : ["name": "Standard", "id": "81"])
                    return row
                })
            let history = JobHistory(in: shelf) { [clock] in clock.now }
            _ = try await history.steps(of: run, since: 0)
            let line = LineTally("line")
            line.begin(unit: 0)
            line.announce(ahead, on: "acme")
            var call = Gate.call(write)
            call.origin = Origin(line: line, step: Origin.Step(run: run, unit: 0, stage: 1))
            call.origin.undoes = job
            let session = Gate.session { $0.connection?.brakes = limits }
            let gate = ChangeGate(
                session: session, console: Listener(), executor: world, history: history,
                population: People(active: active, administrators: administrators), settle: {})
            do {
                _ = try await gate.apply(changes, for: call).collect()
                _ = await line.end()
                return nil
            } catch let error as ZoshError {
                #expect(await world.performed.isEmpty)
                return error
            }
        }
    }

    private static func updates(_ ids: ClosedRange<Int>) -> [Change] {
        ids.map { Gate.update(String($0), ["city": "Bern"]) }
    }

    private static func deactivations(_ ids: ClosedRange<Int>) -> [Change] {
        ids.map { Gate.update(String($0), ["status": "inactive"], action: "deactivate") }
    }

    @Test(
        "as many as the greater of a number and a share of the active users",
        arguments: [
            (20, 10, true), (20, 11, false), (40, 10, true), (44, 11, true), (44, 12, false), (80, 20, true),
            (80, 21, false),
        ])
    func changedShare(active: Int, count: Int, passes: Bool) async throws {
        let process = Process(active: active)
        #expect((try await process.stop(Self.updates(10...(9 + count))) == nil) == passes)
    }

    @Test(
        "fewer may be deactivated or deleted",
        arguments: [(20, 5, true), (20, 6, false), (60, 6, true), (60, 7, false)])
    func removedShare(active: Int, count: Int, passes: Bool) async throws {
        let changes = Self.deactivations(10...(9 + count))
        #expect((try await Process(active: active).stop(changes) == nil) == passes)
        let deletions = (10...(9 + count)).map { Gate.delete(String($0)) }
        #expect((try await Process(active: active).stop(deletions) == nil) == passes)
    }

    @Test("the error names the number and the option")
    func words() async throws {
        let stop = try #require(try await Process().stop(Self.updates(10...21)))
        #expect(
            stop.problem
                == "12 users would be changed within an hour; this connection allows 10 (25 % of 20 active ones, at "
                + "least 10)")
        #expect(stop.remedy == "narrow the selection, or add --at-most 12")
        #expect(stop.kind == .refused)
    }

    @Test("what a loop would do to administrators is seen with its first row")
    func rightsAhead() async throws {
        let rows = [Gate.update("40", ["status": "inactive"]), Gate.update("2", ["status": "inactive"])]
        let stop = try #require(try await Process().stop([rows[0]], ahead: rows))
        #expect(stop.problem.contains("takes administrator rights from"), "\(stop)")
        #expect(stop.remedy?.contains("--administrators") == true)
        let allowed = WriteOptions(yes: true, administrators: true)
        #expect(try await Process().stop([rows[0]], write: allowed, ahead: rows) == nil)
    }

    @Test("whom a finished job has changed stands in its header; of an older one it is read from its rows")
    func headers() async throws {
        let process = Process()
        #expect(try await process.stop(Self.deactivations(40...43)) == nil)
        let item = try #require(await process.shelf.items[1])
        for isOld in [false, true] {
            var header = item.header
            if isOld { header["changed"] = nil }
            let shelf = Shelf([1: Shelf.Item(header: header, entries: isOld ? item.entries : [], isFinished: true)])
            let other = Process(shelf: shelf)
            let stop = try await other.stop(Self.deactivations(50...51), run: 2)
            #expect(stop?.problem.hasPrefix("6 users would be deactivated") == true, "\(isOld)")
        }
    }

    @Test("brake-by-loop, brake-across-processes: small lines are counted together, whichever process runs them")
    func brakeByLoop() async throws {
        let shelf = Shelf()
        for id in 10...19 {
            let process = Process(shelf: shelf)
            #expect(try await process.stop(Self.updates(id...id), run: id) == nil)
        }
        let other = Process(shelf: shelf)
        let stop = try #require(try await other.stop(Self.updates(20...20), run: 20))
        #expect(stop.problem.contains("11 users would be changed within an hour, 10 of them before this line"))
        #expect(stop.remedy == "narrow the selection, or add --at-most 11")
        // The same users again are no more users.
        #expect(try await other.stop(Self.updates(10...19), run: 21) == nil)
    }

    @Test("a process reads each finished job once, and its own never")
    func cost() async throws {
        let shelf = Shelf()
        let history = JobHistory(in: shelf) { 1_000_000 }
        let world = Organisation((1...99).map { Gate.person(String($0)) })
        for run in 1...20 {
            let line = LineTally("line \(run)")
            line.begin(unit: 0)
            for (stage, id) in [10, 11, 12, 13].enumerated() {
                var call = Gate.call(WriteOptions(yes: true))
                call.origin = Origin(line: line, step: Origin.Step(run: run, unit: 0, stage: stage))
                let gate = ChangeGate(
                    session: Gate.session(), console: Listener(), executor: world, history: history, settle: {})
                let change = Gate.update(String(id), ["city": .string("Bern \(run)")])
                _ = try await gate.apply([change], for: call).collect()
            }
            _ = await line.end()
        }
        #expect(await shelf.readings <= 20)
    }

    @Test("after an hour they do not count any more")
    func hourPasses() async throws {
        let process = Process()
        #expect(try await process.stop(Self.updates(10...19)) == nil)
        process.clock.advance(3599)
        #expect(try await process.stop(Self.updates(20...20), run: 2) != nil)
        process.clock.advance(2)
        #expect(try await process.stop(Self.updates(20...20), run: 3) == nil)
    }

    @Test("--at-most lifts the shares only if it covers the whole hour")
    func atMostCoversTheHour() async throws {
        let process = Process()
        #expect(try await process.stop(Self.updates(10...19)) == nil)
        let few = WriteOptions(yes: true, atMost: 5)
        #expect(try await process.stop(Self.updates(20...24), write: few, run: 2) != nil)
        let enough = WriteOptions(yes: true, atMost: 15)
        #expect(try await process.stop(Self.updates(20...24), write: enough, run: 3) == nil)
    }

    @Test("new users, and what is so already, do not count")
    func additions() async throws {
        let added = (1...30).map { number in
            Change(.create, .users, .new(handle: "n\(number)@acme.example"), fields: ["last_name": "N"])
        }
        let same = (10...40).map { Gate.update(String($0), ["status": "active"]) }
        #expect(try await Process().stop(added + same) == nil)
    }

    @Test("what a loop will change is counted before its first row")
    func announced() async throws {
        let stop = try await Process().stop(Self.updates(10...10), ahead: Self.updates(10...25))
        #expect(stop?.problem.hasPrefix("16 users would be changed") == true)
    }

    @Test("an undo is never stopped by a share, nor what a line that goes on had let through; its other rows are")
    func exempt() async throws {
        #expect(try await Process().stop(Self.updates(10...40), undoing: 7) == nil)
        let process = Process()
        let large = WriteOptions(yes: true, atMost: 30)
        #expect(try await process.stop(Self.updates(10...30), write: large) == nil)
        #expect(try await process.stop(Self.updates(10...30)) == nil)
        #expect(try await process.stop(Self.updates(10...40)) != nil)
    }

    @Test("--at-most counts whom earlier attempts at the line have let through")
    func limitOverAttempts() async throws {
        let process = Process()
        let five = WriteOptions(yes: true, atMost: 5)
        #expect(try await process.stop(Self.updates(10...14), write: five) == nil)
        #expect(try await process.stop(Self.updates(15...15), write: five)?.problem.hasPrefix("6 users") == true)
        #expect(try await process.stop(Self.updates(10...14), write: five) == nil)
        #expect(try await process.stop(Self.updates(15...15), write: five, run: 2) == nil)
    }

    @Test("the number in the remedy is enough, also where rows are refused or need no change")
    func remedyIsEnough() async throws {
        let same = (20...24).map { Gate.update(String($0), ["status": "active"]) }
        let stop = try await Process().stop(Self.updates(30...40) + same)
        #expect(stop?.remedy == "narrow the selection, or add --at-most 16")
        let enough = WriteOptions(yes: true, atMost: 16)
        #expect(try await Process().stop(Self.updates(30...40) + same, write: enough) == nil)
    }

    @Test("an administrator's account is not given another address without its option")
    func addressOfAdministrator() async throws {
        let moved = Gate.update("2", ["email": "evil@example.org"])
        #expect(try await Process().stop([moved])?.problem.hasPrefix("this gives administrator rights to") == true)
        #expect(try await Process().stop([Gate.update("20", ["email": "x@example.org"])]) == nil)
    }

    @Test("a connection has its own limits")
    func ownLimits() async throws {
        var process = Process()
        process.limits = BrakeLimits(changed: .init(users: 0, percent: 0), removed: .init(users: 0, percent: 0))
        #expect(try await process.stop(Self.updates(10...10)) != nil)
        process.limits.changed.users = 1
        #expect(try await process.stop(Self.updates(10...10)) == nil)
    }

    @Test("giving and taking administrator rights needs its option")
    func administrators() async throws {
        let given = Gate.update("10", ["profile": "80"])
        let taken = Gate.update("2", ["profile": "81"])
        let allowed = WriteOptions(yes: true, administrators: true)
        let stop = try await Process().stop([given])
        #expect(stop?.problem == "this gives administrator rights to Person 10 <p10@acme.example>")
        #expect(stop?.remedy == "add --administrators if you intend this")
        #expect(try await Process().stop([taken]) != nil)
        #expect(try await Process().stop([given, taken], write: allowed) == nil)
        // Neither is it a share, which an undo may exceed.
        #expect(try await Process().stop([taken], undoing: 3) != nil)
    }

    @Test("one administrator may be left where that is meant, none never")
    func lastAdministrators() async throws {
        let allowed = WriteOptions(yes: true, administrators: true)
        var process = Process(administrators: ["2", "3"])
        let stop = try await process.stop([Gate.update("2", ["profile": "81"])])
        #expect(stop?.problem.hasSuffix("only 1 active administrator would remain") == true)
        #expect(try await process.stop([Gate.update("2", ["profile": "81"])], write: allowed) == nil)
        process = Process(administrators: ["2"])
        let none = try await process.stop([Gate.update("2", ["profile": "81"])], write: allowed)
        #expect(none?.problem == "no active administrator would remain")
        // Another one gets the rights in the same line.
        let swap = [Gate.update("2", ["profile": "81"]), Gate.update("10", ["profile": "80"])]
        #expect(try await process.stop(swap, write: allowed) == nil)
    }

    @Test("everything that stops a line is said at once")
    func together() async throws {
        let changes = Self.deactivations(2...14)
        let stop = try await Process().stop(changes)
        #expect(stop?.remedy == "narrow the selection, or add --administrators --at-most 13")
        let both = WriteOptions(yes: true, atMost: 13, administrators: true)
        #expect(try await Process().stop(changes, write: both) == nil)
    }
}
