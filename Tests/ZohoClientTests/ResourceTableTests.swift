import Testing
import ZohoEmulator
import ZoshKit

@testable import ZohoClient

/// The resource table beside the emulator, which has tables of its own: where each noun is, what a grant must allow,
/// what holds the records, and how many one request takes.
@Suite("The resource table and Zoho")
struct ResourceTableTests {
    /// Signs in with these scopes and the one that tells who it is.
    private func with(_ scopes: [Scope], _ body: @Sendable (Stage) async throws -> Void) async throws {
        try await Stage.with(
            scopes: ["AaaServer.profile.READ"] + scopes.map(\.name),
            configure: { $0.userInfoOrganisationKeys = ["ZGID", "company_name"] }, body)
    }

    private static let query: [Resource: ListQuery] = [.fields: .userFields]

    @Test("Every noun is read with its own scope and with no other", arguments: Resource.all)
    func reads(resource: Resource) async throws {
        let query = Self.query[resource] ?? ListQuery()
        let scope = try #require(resource.scopes[.read])
        try await with([scope]) { stage in
            let rows = try await stage.service.list(resource, query).collect()
            #expect(!rows.isEmpty)
            if case .paged = resource.reads {
                let count = try await stage.service.count(resource, query)
                #expect(count == rows.count)
            }
        }
        let others = Resource.all.filter { $0 != resource }.compactMap { $0.scopes[.read] }
        try await with(others) { stage in
            let error = await zoshError { _ = try await stage.service.list(resource, query).collect() }
            #expect(error?.code == "OAUTH_SCOPE_MISMATCH")
            #expect(error.map { "\($0.problem) \($0.remedy ?? "")".contains(scope.name) } == true)
        }
    }

    @Test("A page and an ids= call take as many records as the table says, and no more", arguments: Resource.all)
    func sizes(resource: Resource) async throws {
        let query = Self.query[resource] ?? ListQuery()
        try await Stage.with { stage in
            let some = ids(try await stage.service.list(resource, query).collect())
            guard case .paged(let rows, _, let most) = resource.reads else {
                #expect(stage.emulator.requestCount() == 1)
                guard query == ListQuery() else { return }
                // Without `ids=` it is listed once.
                #expect(try await stage.writer.reread(resource, ids: some + ["77"]).count == some.count)
                #expect(stage.emulator.requestCount() == 2)
                return
            }
            #expect(stage.emulator.recentRequests.contains { $0.asks("per_page", String(rows)) })
            func isTaken(_ name: String, _ value: String) async -> Bool {
                await zoshError {
                    _ = try await stage.service.get(
                        String(resource.path.dropFirst()), query: [(name: name, value: value)], version: .standard)
                } == nil
            }
            #expect(await isTaken("per_page", String(rows)))
            #expect(await !isTaken("per_page", String(rows + 1)))
            let many = some + (0..<most).map { String(4_000_000_000 + $0) }
            #expect(await isTaken("ids", many.prefix(most).joined(separator: ",")))
            #expect(await !isTaken("ids", many.prefix(most + 1).joined(separator: ",")))
            stage.emulator.forgetRequests()
            #expect(try await stage.writer.reread(resource, ids: Array(many.prefix(most + 1))).count == some.count)
            #expect(stage.emulator.requestCount() == 2)
        }
    }

    private static let verbs: [(Resource, Verb)] = Resource.all.flatMap { resource in
        resource.writes.keys.sorted { $0.name < $1.name }.map { (resource, $0) }
    }

    @Test("Every write needs its own scope", arguments: verbs)
    func writes(resource: Resource, verb: Verb) async throws {
        let scope = try #require(resource.scopes[verb])
        let others = resource.scopes.filter { $0.key != verb }.map(\.value)
        try await with(others) { stage in
            let change = try await Self.sample(verb, resource) { _ in "1" }
            guard case .refused(let error) = await stage.writer.perform(change) else {
                Issue.record("not refused")
                return
            }
            #expect(
                error.code == "OAUTH_SCOPE_MISMATCH" && "\(error.problem) \(error.remedy ?? "")".contains(scope.name))
        }
        let reads = Resource.all.compactMap { $0.scopes[.read] }
        try await with(reads + [scope]) { stage in
            let change = try await Self.sample(verb, resource, at: stage)
            guard case .done(let id?, _) = await stage.writer.perform(change) else {
                Issue.record("not done")
                return
            }
            let shown = try await stage.writer.reread(resource, ids: [id])[id]
            switch try #require(change.write).result {
            case .values: #expect(change.fields.fields.allSatisfy { shown?[$0.name] == $0.value })
            case .absence: #expect(resource.isGone(shown))
            case .newcomer: #expect(shown?[resource.handle].text == change.fields[resource.handle].text)
            case .nothing: break
            }
        }
    }

    @Test("The body holds the records under the noun's key, and no more of them than the table says", arguments: verbs)
    func envelopes(resource: Resource, verb: Verb) async throws {
        let write = try #require(resource.writes[verb])
        guard let envelope = write.envelope else { return }
        try await Stage.with(users: 9) { stage in
            let change = try await Self.sample(verb, resource, at: stage)
            let request = try WriteRequest.request(for: change, version: .standard)
            let record = try #require(request.body?[envelope]?.list?.first)
            let bodies = [
                Row([("data", .list([record]))]),
                Row([(envelope, .list(Array(repeating: record, count: write.rowsPerCall + 1)))]),
            ]
            let caller = CRMCaller(
                transport: stage.transport, authorizer: stage.tokens, governor: stage.tokens.governor,
                clock: stage.clock, retry: RetryPolicy(jitter: { 0 }), progress: nil)
            for body in bodies {
                var wrong = request
                wrong.body = body
                let (reply, host) = try await caller.authorized(wrong)
                guard case .refused = WriteVerdict(reply, from: host, scope: nil, id: nil).result else {
                    Issue.record("taken: \(body)")
                    return
                }
            }
        }
    }

    // MARK: Samples

    @Test("A sample of a verb that is new in the table needs nothing but its row")
    func samples() async throws {
        let roles = Resource(
            "roles", noun: "role", path: "/settings/roles", headline: ["name"],
            scopes: [.create: "ZohoCRM.settings.roles.CREATE", .update: "ZohoCRM.settings.roles.UPDATE"],
            writes: [
                .create: Write(.post, "/settings/roles", envelope: "roles", result: .newcomer, blast: .access),
                .update: Write(.put, "/settings/roles/{id}", envelope: "roles", result: .values, blast: .ordinary),
            ],
            fields: [
                Field("id", .text, writable: false), Field("name", .text),
                Field("reporting_to", .reference("roles"), requiredSince: .v2), Field("description", .text),
            ])
        let new = try await Self.sample(.create, roles) { _ in "1" }
        #expect(new.id == nil && new.target.name == "new" && new.fields == ["name": "New", "reporting_to": "1"])
        let changed = try await Self.sample(.update, roles) { _ in "1" }
        #expect(changed.id == "1" && changed.fields == ["description": "New"])
    }

    private static func sample(_ verb: Verb, _ resource: Resource, at stage: Stage) async throws -> Change {
        try await sample(verb, resource) { noun in
            // The caller is the first of the users, and nobody deletes themself.
            let rows = try await stage.service.list(noun).collect().filter { row in
                !noun.isGone(row) && !noun.final.contains { $0.holds(for: row) }
            }
            return try #require(rows.last?.string("id"))
        }
    }

    /// A change with what its row of the table says that Zoho wants: a new record gets its handle and the fields that
    /// are required, another value is that of a text which lets nobody in.
    /// - Parameter id: of a record of the noun.
    private static func sample(
        _ verb: Verb, _ resource: Resource, id: (Resource) async throws -> String
    ) async throws -> Change {
        let write = try #require(resource.writes[verb])
        switch write.result {
        case .newcomer:
            var fields = Row()
            for field in resource.fields
            where field.mustHaveValue(in: .standard) || resource.handle.names == [field.name] {
                fields[field.name] = try await value(of: field, id: id)
            }
            return Change(verb, resource, .new(handle: fields[resource.handle].text), fields: fields)
        case .values:
            let avoided = write.access.union(write.once).union(resource.spelling.keys).union(resource.handle.names)
            let field = try #require(
                resource.fields.first { field in
                    field.isWritable && field.type == .text && field.values == nil && field.limits == FieldLimits()
                        && !avoided.contains(field.name)
                })
            let value = try await value(of: field, id: id)
            return Change(verb, resource, .existing(id: try await id(resource)), fields: [field.name: value])
        default: return Change(verb, resource, .existing(id: try await id(resource)))
        }
    }

    private static func value(of field: Field, id: (Resource) async throws -> String) async throws -> Value {
        switch field.type {
        case .text, .unknown: "New"
        case .email: "new@acme.example"
        case .integer: 7
        case .decimal: .decimal("7.5")
        case .checkbox: true
        case .date: "2026-01-31"
        case .dateTime: "2026-01-31T17:00:00+01:00"
        case .reference(let noun): .string(try await id(try #require(Resource.named(noun))))
        case .list: .list(["New"])
        case .object: .row(Row())
        }
    }
}

extension RequestRecord {
    fileprivate func asks(_ name: String, _ value: String) -> Bool {
        query.contains { $0.name == name && $0.value == value }
    }
}
