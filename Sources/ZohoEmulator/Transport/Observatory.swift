internal import Synchronization

/// What tests see of an emulator and put in its way: counts, records, gates and scripted replies.
///
/// Kept apart from the world so that looking never waits for it. Invariant: a request is recorded
/// before its reply is sent.
final class Observatory: Sendable {
    private struct State {
        var counts: [Route: Int] = [:]
        var records: [RequestRecord] = []
        var gates: [Route: Gate] = [:]
        var scripts: [Route: [Reply]] = [:]
        var inFlight = 0
        var highest = 0
    }

    private static let kept = 2000
    private static let secrets: Set<String> = [
        "client_secret", "code", "token", "refresh_token", "access_token", "code_verifier", "device_code",
    ]
    private let state = Mutex(State())

    func count(_ route: Route?) -> Int {
        state.withLock { state in
            if let route { state.counts[route, default: 0] } else { state.counts.values.reduce(0, +) }
        }
    }

    var records: [RequestRecord] { state.withLock { $0.records } }

    /// The most API calls that were ever open together.
    var highestConcurrency: Int { state.withLock { $0.highest } }

    /// Notes that an API call began and says how many are open now.
    func begin() -> Int {
        state.withLock { state in
            state.inFlight += 1
            state.highest = max(state.highest, state.inFlight)
            return state.inFlight
        }
    }

    func end() {
        state.withLock { $0.inFlight -= 1 }
    }

    func record(_ exchange: Exchange, route: Route, dataCentre: String, status: Int) {
        let query = exchange.query.items.map { item in
            RequestRecord.QueryItem(
                name: item.name, value: Self.secrets.contains(item.name) ? "‹secret›" : item.value)
        }
        let record = RequestRecord(
            dataCentre: dataCentre, route: route, method: exchange.method, path: exchange.path,
            query: query, status: status)
        state.withLock { state in
            state.counts[route, default: 0] += 1
            state.records.append(record)
            if state.records.count > 2 * Self.kept { state.records.removeFirst(Self.kept) }
        }
    }

    func forget() {
        state.withLock { state in
            state.counts = [:]
            state.records = []
            state.highest = state.inFlight
        }
    }

    func hold(_ route: Route, after free: Int) -> Gate {
        let gate = Gate(after: free)
        state.withLock { $0.gates[route] = gate }
        return gate
    }

    func gate(_ route: Route) -> Gate? {
        state.withLock { $0.gates[route] }
    }

    func releaseAll() {
        let gates = state.withLock { state in
            defer { state.gates = [:] }
            return Array(state.gates.values)
        }
        for gate in gates { gate.release() }
    }

    func script(_ reply: Reply, for route: Route) {
        state.withLock { $0.scripts[route, default: []].append(reply) }
    }

    func takeScript(_ route: Route) -> Reply? {
        state.withLock { state in
            guard let first = state.scripts[route]?.first else { return nil }
            state.scripts[route]?.removeFirst()
            return first
        }
    }
}
