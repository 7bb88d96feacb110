import Synchronization
import ZoshKit

/// The people of the tests, and how often they were asked for.
final class World: Sendable {
    let people: [Row]
    private let counter = Mutex(0)
    private let wanted = Mutex<[Demand]>([])

    init(_ people: [Row] = World.people) { self.people = people }

    var pages: Int { counter.withLock { $0 } }
    /// What was wanted of every page, in order.
    var demands: [Demand] { wanted.withLock { $0 } }
    func asked(for demand: Demand) {
        counter.withLock { $0 += 1 }
        wanted.withLock { $0.append(demand) }
    }

    static let people: [Row] = [
        person(1, "Ada Lovelace", "ada@acme.test", role: "CEO", status: "active", "2020-01-31T10:00:00+01:00", age: 36),
        person(
            2, "Grace Hopper", "grace@acme.test", role: "Sales EU", status: "active", "2026-06-10T09:00:00Z", age: 85),
        person(
            3, "Kurt Gödel", "kurt@acme.test", role: "Sales US", status: "disabled", "2026-06-15T01:30:00+02:00", age: 9
        ),
        person(4, "Ada Zwei", "zwei@acme.test", role: nil, status: "active", nil, age: 10),
    ]

    static func person(
        _ id: Int, _ name: String, _ email: String, role: String?, status: String, _ created: String?, age: Int64
    ) -> Row {
        [
            "id": .string(String(id)), "full_name": .string(name), "email": .string(email),
            "role": role.map { .row(["name": .string($0), "id": .string("9\(id)")]) } ?? .null,
            "status": .string(status),
            "created_time": Value(created), "age": .integer(age),
        ]
    }
}

struct TestZoho: ZohoService {
    let world: World

    func list(_ resource: Resource, _ query: ListQuery) -> RowStream {
        resource == .users ? RowStream(.of(.users), from: Pages(world, world.people)) : .none
    }
    func lookup(_ resource: Resource, ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion?)
        -> RowStream
    { RowStream(from: Pages(world, [])) }
    func count(_ resource: Resource, _ query: ListQuery) async throws -> Int { world.people.count }
    func get(_ path: String, query: [(name: String, value: String)], version: APIVersion?) async throws -> RawReply {
        RawReply(status: 200, body: .null)
    }
}

/// One row a page, so that a stage that needs no more is seen to ask for no more.
actor Pages: RowSource {
    private var rest: ArraySlice<Row>
    private let world: World

    init(_ world: World, _ rows: [Row]) {
        self.world = world
        rest = rows[...]
    }

    func next() async throws -> RowBatch? { try await next(for: .everything) }

    func next(for demand: Demand) async throws -> RowBatch? {
        world.asked(for: demand)
        return rest.popFirst().map { RowBatch([$0]) }
    }

    func outcome() -> RowOutcome { RowOutcome() }
}
