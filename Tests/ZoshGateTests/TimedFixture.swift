import Synchronization
import ZoshGate
import ZoshKit

/// A clock that tests move, in seconds since 1970.
final class MovedClock: Sendable {
    private let time = Mutex<Int64>(1_000_000)
    var now: Int64 { time.withLock { $0 } }
    func advance(_ seconds: Int64) { time.withLock { $0 += seconds } }
}

/// A machine on which lines are written, and whose timer runs what is due: each a process of its own.
struct Machine {
    let shelf: Shelf
    let clock: MovedClock
    var limits = Gate.acme.brakes
    var active = 1000
    var approvals = 0
    var isReadOnly = false
    var audit: (any AuditLog)?
    private let runs = Runs()

    private final class Runs: Sendable {
        private let last = Mutex(0)
        func next() -> Int {
            last.withLock {
                $0 += 1
                return $0
            }
        }
    }

    private struct People: PopulationReader {
        let active: Int
        func count(_ resource: Resource, _ query: ListQuery) async throws -> Int { active }
        func free(_ resource: Resource, for connection: ConnectionSummary) async -> Int? { nil }
        func ids(_ resource: Resource, _ query: ListQuery) async throws -> Set<String> { ["8", "9", "10"] }
    }

    init(on shelf: Shelf = Shelf(), clock: MovedClock = MovedClock(), limits: BrakeLimits? = nil, active: Int = 1000) {
        self.shelf = shelf
        self.clock = clock
        self.limits = limits ?? Gate.acme.brakes
        self.active = active
    }

    /// What a new process knows.
    var history: JobHistory { JobHistory(in: shelf) { [clock] in clock.now } }

    func gate(to world: Organisation, _ history: JobHistory) -> ChangeGate {
        let session = Gate.session {
            $0.connection?.brakes = limits
            $0.connection?.approvals = approvals
            $0.connection?.readOnly = isReadOnly
        }
        return ChangeGate(
            session: session, console: Listener(), executor: world, history: history,
            population: People(active: active), audit: audit, settle: {})
    }

    /// - Parameters:
    ///   - time: in so many seconds; nil for now.
    ///   - lasting: for how many seconds.
    @discardableResult
    func line(
        _ changes: [Change], to world: Organisation, at time: Int64? = nil, lasting: Int64? = nil, atMost: Int? = nil,
        undoing number: Int? = nil
    ) async throws -> [Row] {
        let history = history
        let run = runs.next()
        let line = LineTally("line \(run)")
        line.begin(unit: 0)
        let chosen = time.map { ChosenTime(instant: clock.now + $0, zone: "UTC", local: "then") }
        var call = Gate.call(WriteOptions(yes: true, atMost: atMost, at: chosen, lasting: lasting))
        call.origin = Origin(line: line, step: Origin.Step(run: run, unit: 0, stage: 0), undoes: number)
        do {
            let rows = try await gate(to: world, history).apply(changes, for: call).collect()
            _ = await line.end()
            return rows
        } catch {
            _ = await line.end()
            throw error
        }
    }

    /// What `jobs due` does.
    func runDue(to world: Organisation) async throws -> [JobSummary] {
        let history = history
        var ran: [JobSummary] = []
        for job in try await history.due() {
            if let now = try await gate(to: world, history).runDue(job.number) { ran.append(now) }
        }
        return ran
    }

    func state(_ number: Int) async throws -> JobSummary.State { try await history.job(number).state }
}
