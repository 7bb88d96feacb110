import Synchronization
import Testing
import ZoshKit

@testable import ZoshGate

/// How much of an organisation the gate holds, counted by the rows that are alive.
struct MemoryTests {
    /// Makes each row as it is read, as Zoho's replies do, and knows which of them somebody still holds.
    private final class Reader: ChangeExecutor {
        private struct State {
            var rows: [Held] = []
            var most = 0
            var written: Set<String> = []
        }

        /// A row is alive as long as the object with its names is, which is not shared here.
        private struct Held { weak var shape: Shape? }

        private let state = Mutex(State())

        var window: Int { 10 }
        /// The most that were alive together when somebody looked.
        var most: Int { state.withLock { $0.most } }

        func look() {
            state.withLock { state in
                state.rows.removeAll { $0.shape == nil }
                state.most = max(state.most, state.rows.count)
            }
        }

        func perform(_ effect: any Effect) async -> ChangeResult {
            look()
            state.withLock { _ = $0.written.insert(effect.shortName) }
            return .done(id: effect.shortName, message: nil)
        }

        func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
            look()
            return state.withLock { state in
                var rows: [String: Row] = [:]
                for id in ids {
                    var row = Gate.person(id)
                    row["signature"] = "Kind regards"
                    if state.written.contains(id) { row["city"] = "Bern" }
                    state.rows.append(Held(shape: row.shape))
                    rows[id] = row
                }
                return rows
            }
        }
        func find(_ resource: Resource, called handles: Set<String>, changedSince since: Int64) async throws
            -> [String: Row]
        { [:] }
        func names(_ resource: Resource, ids: Set<String>) async -> [String: String] {
            look()
            return [:]
        }
    }

    @Test("no more than a page of whole users is held, however many are changed", arguments: [false, true])
    func pages(isDry: Bool) async throws {
        let (reader, shelf) = (Reader(), Shelf())
        let changes = (1...5000).map { Gate.update("\(100_000 + $0)", ["city": "Bern", "role": "71"]) }
        let rows = try await Attempt(on: shelf).apply(changes, to: reader, write: WriteOptions(dryRun: isDry))
        #expect(rows.count == 5000)
        reader.look()
        #expect(reader.most <= 100, "\(reader.most)")
    }
}
