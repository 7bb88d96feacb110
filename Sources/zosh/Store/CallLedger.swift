import Synchronization
import Vault
import ZohoClient
import ZoshKit
import ZoshTrust

/// Calls made over the rolling day, by connection and hour, as Zoho counts credits: users and settings cost one each.
///
/// Counted in memory and added to the store now and then, since a durable write per call would cost more than the
/// call. A process that is killed loses what it had not yet added, so this is a floor, not Zoho's own count.
final class CallLedger: Sendable {
    /// What one connection has used.
    struct Use: Sendable, Equatable {
        /// Calls by hour since 1970.
        var hours: [Int64: Int] = [:]
        /// What Zoho last said remains of its day, and when.
        var remaining: Int?
        var remainingAt: Int64?

        var total: Int { hours.values.reduce(0, +) }

        mutating func add(_ other: Use) {
            hours.merge(other.hours, uniquingKeysWith: +)
            if let at = other.remainingAt, at >= remainingAt ?? 0 { (remaining, remainingAt) = (other.remaining, at) }
        }

        /// Without what is older than twenty-four hours.
        func day(at now: Int64) -> Use {
            var day = self
            day.hours = hours.filter { $0.key > now / 3600 - 24 && $0.key <= now / 3600 }
            if let at = remainingAt, now - at > 86_400 { (day.remaining, day.remainingAt) = (nil, nil) }
            return day
        }
    }

    private struct State {
        var pending: [Grant.ID: Use] = [:]
        var isScheduled = false
    }

    private let storeSession: StoreSession
    private let clock: any ClientClock
    private let state = Mutex(State())

    init(storeSession: StoreSession, clock: any ClientClock) {
        self.storeSession = storeSession
        self.clock = clock
    }

    func recordCall(_ grant: Grant.ID) {
        let hour = clock.now / 3600
        let mustSchedule = state.withLock { state in
            state.pending[grant, default: Use()].hours[hour, default: 0] += 1
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        guard mustSchedule else { return }
        Task.detached { [weak self] in
            try? await Task.sleep(for: .seconds(60))
            await self?.flush()
        }
    }

    func recordRemaining(_ remaining: Int, of grant: Grant.ID) {
        let now = clock.now
        state.withLock { state in
            state.pending[grant, default: Use()].remaining = remaining
            state.pending[grant, default: Use()].remainingAt = now
        }
    }

    /// The last day's use, what is not yet stored included.
    func use(of grant: Grant.ID) async -> Use {
        var use = Use()
        if let store = await storeSession.openedSilently(), let id = try? RecordID(grant: grant) {
            use = (try? await store.read(.counter, id)).flatMap { $0 }.map(Self.decoded) ?? Use()
        }
        if let pending = state.withLock({ $0.pending[grant] }) { use.add(pending) }
        return use.day(at: clock.now)
    }

    /// Adds what was counted to the store, if that is open; best effort, since it must not fail a line.
    func flush() async {
        let pending = state.withLock { state in
            defer { state = State() }
            return state.pending
        }
        guard !pending.isEmpty, let store = await storeSession.openedSilently() else { return }
        let now = clock.now
        for (grant, use) in pending {
            guard let id = try? RecordID(grant: grant) else { continue }
            _ = try? await store.write { transaction in
                // A connection removed meanwhile needs no count.
                guard try transaction.read(.grant, id) != nil else { return }
                var sum = try transaction.read(.counter, id).map(Self.decoded) ?? Use()
                sum.add(use)
                try transaction.put(.counter, id, Self.encoded(sum.day(at: now)))
            }
        }
    }

    private static func encoded(_ use: Use) -> Secret {
        var writer = JSONWriter()
        let hours = use.hours.sorted { $0.key < $1.key }.map {
            Value.list([.integer($0.key), .integer(Int64($0.value))])
        }
        writer.write(
            Row([
                ("hours", .list(hours)), ("remaining", use.remaining.map { .integer(Int64($0)) } ?? .null),
                ("remaining_at", use.remainingAt.map { .integer($0) } ?? .null),
            ]))
        return Secret(writer.drain(), locked: false)
    }

    private static func decoded(_ record: SealedRecord) -> Use {
        let row = try? record.body.withUnsafeBytes { try JSONReader.value(of: Array($0)) }.row
        var use = Use()
        for pair in row?["hours"]?.list ?? [] {
            guard let pair = pair.list, pair.count == 2, let hour = pair[0].integer, let calls = pair[1].integer else {
                continue
            }
            use.hours[hour] = Int(clamping: calls)
        }
        use.remaining = row?["remaining"]?.integer.map { Int(clamping: $0) }
        use.remainingAt = row?["remaining_at"]?.integer
        return use
    }
}
