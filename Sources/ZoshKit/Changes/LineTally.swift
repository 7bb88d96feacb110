internal import Synchronization

/// Whom the changes of one line have hit so far, whichever command, loop or connection they came from.
///
/// A line of a script has its own, and belongs to the line that runs the script.
package final class LineTally: Sendable {
    package struct Target: Hashable {
        package let connection: String?
        package let target: EffectTarget

        package init(connection: String?, target: EffectTarget) {
            self.connection = connection
            self.target = target
        }
    }

    /// That of the line typed; nil for that line itself.
    private let typed: LineTally?
    /// That of all lines of a process without a person at it; nil in an interactive session, and within a line.
    private let process: LineTally?
    private let state = Mutex(State())

    private struct State {
        var hit: Set<Target> = []
        /// What the connections of a fan-out would change, all of them counted before the first one writes.
        var announced: Set<Target> = []
        /// The same as changes, for the brakes of each connection.
        var announcedChanges: [Target: [Change]] = [:]
        /// The limit that stopped the line.
        var limit: Int?
        var leavesRows = false
        /// Options without which a brake stops the line.
        var needed: Set<String> = []
        var done: Set<Once> = []
        var hasChanged = false
        /// What the gate keeps open while the line runs, by connection.
        var jobs: [String: any LineJob] = [:]
        /// The plans that are made of the line, by the path they are written to.
        var plans: [(path: String, plan: any LinePlan)] = []
        /// For how many seconds the changes of each job are made; none for those that stay.
        var lengths: [String: Int64?] = [:]
        var firstUnit: Int?
        /// The jobs of the lines of scripts that it has run.
        var endedJobs: Set<Int> = []
    }

    /// The text of the line, for what is written down about it.
    package let text: String
    /// The script and the line of it where it stands; nil for a typed one.
    package let place: String?

    package init(
        _ text: String = "", at place: String? = nil, within line: LineTally? = nil, of process: LineTally? = nil
    ) {
        self.text = text
        self.place = place
        self.process = process
        typed = line.map { $0.typed ?? $0 }
    }

    /// The line typed, with everything that scripts do in it.
    package var whole: LineTally { typed ?? self }

    /// What the ceiling of the session counts together.
    package var underCeiling: LineTally { whole.process ?? whole }

    /// The limit that was exceeded on this line; nothing of it writes after that.
    package var exceededLimit: Int? { state.withLock { $0.limit } }

    /// Whether this is a line of a script rather than the line typed.
    package var isInScript: Bool { typed != nil }

    /// What effects hit at a connection; what does not reach Zoho is the same thing at each of them.
    package static func targets(of effects: [any Effect], on connection: String?) -> Set<Target> {
        Set(effects.map { Target(connection: $0.reachesZoho ? connection : nil, target: $0.target) })
    }

    /// How many targets there would be with these and with the announced ones, and how many there are.
    package func count(adding targets: Set<Target>) -> (all: Int, before: Int) {
        state.withLock { ($0.hit.union($0.announced).union(targets).count, $0.hit.count) }
    }

    package func add(_ targets: Set<Target>) {
        state.withLock { $0.hit.formUnion(targets) }
        (typed ?? process)?.add(targets)
    }

    /// Counts targets ahead, so that the limit is decided for all connections of a fan-out before one of them writes.
    package func announce(_ effects: [any Effect], on connection: String?) {
        state.withLock { state in
            for effect in effects {
                let target = Target(connection: effect.reachesZoho ? connection : nil, target: effect.target)
                state.announced.insert(target)
                guard let change = effect as? Change else { continue }
                state.announcedChanges[target, default: []].append(change)
            }
        }
        (typed ?? process)?.announce(effects, on: connection)
    }

    /// What was announced for a connection.
    package func announced(on connection: String) -> [Change] {
        state.withLock { state in
            state.announcedChanges.filter { $0.key.connection == connection }.flatMap(\.value)
        }
    }

    /// Stops every later write of the line, also one that would fit.
    package func stop(exceeding limit: Int) { state.withLock { $0.limit = $0.limit ?? limit } }

    /// A loop of the line has stopped before its last row: what it has begun is not over.
    package func leaveRows() { state.withLock { $0.leavesRows = true } }

    /// A brake has stopped the line, and would stop what is left of it without an option.
    package func need(_ option: String) {
        state.withLock { _ = $0.needed.insert(option) }
        typed?.need(option)
    }

    /// What the rest of the line has to be given.
    package var neededOptions: String { state.withLock { $0.needed.sorted().map { " \($0)" }.joined() } }

    /// Whether a change of the line, or of a script that it runs, has been sent.
    package var hasChanged: Bool { state.withLock(\.hasChanged) }

    package func noteChange() {
        state.withLock { $0.hasChanged = true }
        typed?.noteChange()
    }

    /// What is done once in a line, however many commands of it come to the gate.
    package enum Once: Sendable, Hashable {
        /// A note is shown.
        case note(String)
        /// The users that the rest of the line adds are counted, by their number and the connection.
        case licencesAhead(Int, connection: String)
        /// What the rest of the line does to administrators is looked at.
        case administratorsAhead(Int, connection: String)
    }

    /// Whether it was not done in this line yet; from now on it was.
    package func isFirst(_ once: Once) -> Bool { state.withLock { $0.done.insert(once).inserted } }

    /// The first unit of its run that the line has begun: the same in every attempt, wherever the line has moved to.
    package var firstUnit: Int? { state.withLock { $0.firstUnit } }

    package func begin(unit: Int) { state.withLock { $0.firstUnit = $0.firstUnit ?? unit } }

    /// What the gate keeps open for a connection while the line runs.
    package func job<Job: LineJob>(on connection: String, or begin: () -> Job) -> Job {
        state.withLock { state in
            if let job = state.jobs[connection] as? Job { return job }
            let job = begin()
            state.jobs[connection] = job
            return job
        }
    }

    /// Notes for how many seconds changes are made that are part of one job.
    /// - Throws: `ZoshError.usage` when others of that job are made for another time: all of it is put back at once.
    package func note(lasting: Int64?, of job: String, at span: Span) throws {
        let isSame = state.withLock { state in
            guard let known = state.lengths[job] else {
                state.lengths[job] = .some(lasting)
                return true
            }
            return known == lasting
        }
        guard isSame else { throw ZoshError.ofMixedLengths(at: span) }
    }

    /// The plan that is made of the line and written to a file of this path.
    package func plan<Plan: LinePlan>(at path: String, or begin: () -> Plan) -> Plan {
        state.withLock { state in
            if let plan = state.plans.first(where: { $0.path == path })?.plan as? Plan { return plan }
            let plan = begin()
            state.plans.append((path, plan))
            return plan
        }
    }

    /// Whether a plan is made of the line.
    package var isPlanned: Bool { state.withLock { !$0.plans.isEmpty } }

    /// The plans of the line, which is over.
    package func takePlans() -> [any LinePlan] {
        state.withLock { state in
            defer { state.plans = [] }
            return state.plans.map(\.plan)
        }
    }

    /// Whether a job is one of a line that this one has run in a script.
    package func hasEnded(_ job: Int) -> Bool { state.withLock { $0.endedJobs.contains(job) } }

    private func note(_ jobs: [Int]) { state.withLock { $0.endedJobs.formUnion(jobs) } }

    /// The script it stands in; nil for a typed line.
    package var script: String? { place.flatMap { place in place.lastIndex(of: ":").map { String(place[..<$0]) } } }

    /// The line is over.
    /// - Returns: what is left of it, a sentence for each connection.
    package func end() async -> [LineEnd] {
        let jobs = state.withLock { state in
            defer { state.jobs = [:] }
            return state.jobs.sorted { $0.key < $1.key }.map(\.value)
        }
        var ends: [LineEnd] = []
        let leavesRows = state.withLock { $0.leavesRows }
        for job in jobs { if let end = await job.lineEnded(leavingRows: leavesRows) { ends.append(end) } }
        typed?.note(ends.map(\.job))
        return ends
    }
}

/// What the gate keeps open while a line runs.
package protocol LineJob: Sendable {
    /// - Parameter leavingRows: whether a loop of the line has not come to all its rows.
    /// - Returns: nil when nothing was begun.
    func lineEnded(leavingRows: Bool) async -> LineEnd?
}

/// A job at the end of its line.
package struct LineEnd: Sendable {
    package let job: Int
    /// Whether something of it is left to do.
    package let isOpen: Bool
    /// What is to be said of it beside that.
    package let note: String?

    package init(job: Int, isOpen: Bool, note: String? = nil) {
        self.job = job
        self.isOpen = isOpen
        self.note = note
    }
}

extension ZoshError {
    package static func ofMixedLengths(at span: Span) -> ZoshError {
        ZoshError(
            .usage, "all writes of one line must have the same --for", at: span,
            remedy: "write them on two lines")
    }
}
