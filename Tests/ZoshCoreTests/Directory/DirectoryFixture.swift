import ZoshCore
import ZoshKit

/// People by the dozen, the same for the same index.
enum Crowd {
    static let first = ["Ada", "José", "山田", "Łukasz", "Mary-Ann", "O'Neil", "Zoe\u{308}", "محمد", "Ana", "Günther"]
    static let last = ["Lovelace", "García", "太郎", "Nowak", "Smith", "Conan", "Müller", "علي", "Ivanova", "Jo"]

    static func person(_ index: Int) -> Person {
        Person(
            id: String(5_550_000_000_000_000_000 + index), name: "\(first[index % 10]) \(last[index / 10 % 10])",
            email: "user\(index)@acme.example", role: index % 3 == 0 ? "CEO" : "Manager", profile: "Standard",
            status: index % 7 == 3 ? "disabled" : "active")
    }

    static func people(_ count: Int) -> [Person] { (0..<count).map(person) }
}

/// An organisation that answers reads, counts them, and can be told to fail.
actor ReadOnlyZoho: ZohoService {
    private(set) var queries: [ListQuery] = []
    private var answers: [[Row]]
    private let failure: ZoshError?
    private let onUsers: @Sendable () async -> Void

    init(_ answers: [[Row]], rolesFail failure: ZoshError? = nil, onUsers: @escaping @Sendable () async -> Void = {}) {
        self.answers = answers
        self.failure = failure
        self.onUsers = onUsers
    }

    nonisolated func list(_ resource: Resource, _ query: ListQuery) -> RowStream {
        switch resource {
        case .users: RowStream(from: Lazily { try await self.answer(query) })
        case .roles: RowStream(from: Lazily { try await self.named("CEO") })
        case .profiles: RowStream(rows: [["id": "2", "name": "Standard"]])
        default: .none
        }
    }

    private func answer(_ query: ListQuery) async throws -> [Row] {
        queries.append(query)
        await onUsers()
        guard !answers.isEmpty else { throw ZoshError(.network, "no route") }
        return answers.removeFirst()
    }

    private func named(_ name: String) throws -> [Row] {
        if let failure { throw failure }
        return [["id": "1", "name": .string(name)]]
    }

    nonisolated func lookup(
        _ resource: Resource, ids: @escaping @Sendable () async throws -> [String]?, version: APIVersion?
    ) -> RowStream { .none }
    func count(_ resource: Resource, _ query: ListQuery) async throws -> Int { 0 }
    func get(_ path: String, query: [(name: String, value: String)], version: APIVersion?) async throws -> RawReply {
        RawReply(status: 204, body: .null)
    }

    static func row(_ person: Person) -> Row {
        [
            "id": .string(person.id), "full_name": .string(person.name), "email": .string(person.email),
            "status": .string(person.status),
            "role": .row(["name": .string(person.role), "id": "1"]),
            "profile": .row(["name": .string(person.profile), "id": "2"]),
        ]
    }
}

/// One page, asked for at the first pull.
actor Lazily: RowSource {
    private var make: (@Sendable () async throws -> [Row])?

    init(_ make: @escaping @Sendable () async throws -> [Row]) { self.make = make }

    func next() async throws -> RowBatch? {
        guard let make else { return nil }
        self.make = nil
        let rows = try await make()
        return rows.isEmpty ? nil : RowBatch(rows)
    }

    func outcome() -> RowOutcome { RowOutcome() }
}

/// Blocks in memory.
actor Shelf: DirectoryStore {
    private(set) var blocks: [String: [[UInt8]]] = [:]

    init(_ blocks: [String: [[UInt8]]] = [:]) { self.blocks = blocks }

    private(set) var loads = 0

    func load(_ key: String) -> [[UInt8]] {
        loads += 1
        return blocks[key] ?? []
    }

    func save(_ blocks: [[UInt8]], for key: String) { self.blocks[key] = blocks }
}
