import Synchronization
import ZoshGate
import ZoshKit

/// An organisation in memory that does what it is told and remembers what it was asked.
actor Organisation: ChangeExecutor {
    private(set) var users: [String: Row]
    private(set) var performed: [String] = []
    private(set) var readings: [[String]] = []
    private var answers: [ChangeResult]
    /// Fields it takes without an error and does not change.
    private let ignored: Set<String>
    private let onPerform: @Sendable (Int) async -> Void

    /// - Parameter answers: results given before the real ones; an uncertain one changes nothing.
    init(
        _ users: [Row], answers: [ChangeResult] = [], ignoring ignored: Set<String> = [],
        onPerform: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.users = Dictionary(uniqueKeysWithValues: users.map { ($0.string("id") ?? "", $0) })
        self.answers = answers
        self.ignored = ignored
        self.onPerform = onPerform
    }

    func set(_ id: String, _ name: String, _ value: Value) { users[id]?[name] = value }

    func perform(_ effect: any Effect) async -> ChangeResult {
        performed.append("\(effect.action) \(effect.shortName)")
        await onPerform(performed.count)
        let answer = answers.isEmpty ? .done(id: effect.shortName, message: nil) : answers.removeFirst()
        if case .done = answer, let change = effect as? Change, change.verb == .update, let id = change.id {
            for field in change.fields.fields where !ignored.contains(field.name) { set(id, field.name, field.value) }
        }
        return answer
    }

    func names(_ resource: Resource, ids: Set<String>) async -> [String: String] {
        switch resource {
        case .roles: ["71": "Product Manager"]
        case .profiles: ["80": "Administrator", "81": "Standard"]
        default: ["5": "Ada Lovelace"]
        }
    }

    func reread(_ resource: Resource, ids: [String]) async throws -> [String: Row] {
        readings.append(ids)
        return users.filter { ids.contains($0.key) }
    }
}

extension Organisation {
    func find(_ resource: Resource, called emails: Set<String>, changedSince since: Int64) async throws
        -> [String: Row]
    {
        Dictionary(users.values.compactMap { row in row.string("email").map { ($0.lowercased(), row) } }) { $1 }.filter
        { emails.contains($0.key) }
    }
}

extension ChangeExecutor {
    /// None of these organisations does anything later.
    func follow(_ job: String, of change: Change) async -> ChangeResult { .accepted(job: job) }
}

extension Effect {
    var shortName: String { target.noun == "store" ? "store" : target.name }
}

/// A person who answers as told and remembers what they were asked.
final class Listener: Console {
    private let asked = Mutex<[Confirmation]>([])
    let answer: Bool

    init(answer: Bool = true) { self.answer = answer }

    var questions: [Confirmation] { asked.withLock { $0 } }

    func note(_ text: String) {}
    func ask(_ prompt: String) async throws -> String { throw ZoshError(.cancelled, "no answers here") }
    func confirm(_ question: Confirmation) async throws -> Bool {
        asked.withLock { $0.append(question) }
        return answer
    }
}

enum Gate {
    /// With limits that none of the tests reaches but those of the brakes.
    static let acme = ConnectionSummary(
        name: "acme", orgName: "Acme", orgID: "9", dataCentre: "eu", environment: .production, email: "me@acme.example",
        userID: "1", apiDomain: "https://www.zohoapis.eu", scopes: [],
        brakes: BrakeLimits(changed: .init(users: 100_000, percent: 100), removed: .init(users: 100_000, percent: 100)))

    static func session(_ adjust: (inout SessionSnapshot) -> Void = { _ in }) -> SessionSnapshot {
        var session = SessionSnapshot(connection: acme, interactive: true)
        adjust(&session)
        return session
    }

    static func person(_ id: String, status: String = "active") -> Row {
        [
            "id": .string(id), "full_name": .string("Person \(id)"), "email": .string("p\(id)@acme.example"),
            "status": .string(status),
            "role": .row(["name": "Manager", "id": "70"]), "city": nil,
        ]
    }

    static func update(_ id: String, _ fields: Row, seen: Row? = nil, action: String = "update") -> Change {
        Change(.update, .users, .existing(id: id), seen: seen, fields: fields, action: action)
    }

    static func delete(_ id: String) -> Change {
        Change(.delete, .users, .existing(id: id))
    }

    static func call(_ write: WriteOptions = WriteOptions()) -> Call {
        Call(Signature("users update", "Update users", effect: .writes), span: Span(0, 12), write: write)
    }

    /// Applies and gives every row and the outcome.
    static func apply(
        _ changes: [any Effect], to organisation: Organisation, session: SessionSnapshot = session(),
        write: WriteOptions = WriteOptions(),
        console: Listener = Listener()
    ) async throws -> (rows: [Row], outcome: RowOutcome) {
        let gate = ChangeGate(session: session, console: console, executor: organisation, settle: {})
        let stream = try await gate.apply(changes, for: call(write))
        return (try await stream.collect(), await stream.outcome())
    }
}
