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

    @Test("As many ids to a call as the table says, and no more")
    func chunks() async throws {
        try await Stage.with(users: 250) { stage in
            let all = ids(try await stage.service.list(.users).collect())
            stage.emulator.forgetRequests()
            #expect(try await stage.writer.reread(.users, ids: Array(all.prefix(230))).count == 230)
            #expect(stage.emulator.requestCount(.listUsers) == 3)
            // A noun without `ids=` is listed once.
            let roles = ids(try await stage.service.list(.roles).collect())
            stage.emulator.forgetRequests()
            #expect(try await stage.writer.reread(.roles, ids: roles + ["77"]).count == roles.count)
            #expect(stage.emulator.requestCount() == 1)
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
            let change = Self.change(verb, resource, id: await stage.emulator.userID(3), role: "1", profile: "2")
            guard case .refused(let error) = await stage.writer.perform(change) else {
                Issue.record("not refused")
                return
            }
            #expect(
                error.code == "OAUTH_SCOPE_MISMATCH" && "\(error.problem) \(error.remedy ?? "")".contains(scope.name))
        }
        let reads = Resource.all.compactMap { $0.scopes[.read] }
        try await with(reads + [scope]) { stage in
            let role = try #require(try await stage.service.list(.roles).collect().first?.string("id"))
            let profile = try #require(try await stage.service.list(.profiles).collect().first?.string("id"))
            let change = Self.change(
                verb, resource, id: await stage.emulator.userID(3), role: role, profile: profile)
            guard case .done(let id?, _) = await stage.writer.perform(change) else {
                Issue.record("not done")
                return
            }
            let shown = try await stage.writer.reread(resource, ids: [id])[id]
            switch try #require(change.write).result {
            case .values: #expect(shown?.string("city") == "Bern")
            case .absence: #expect(resource.isGone(shown))
            case .newcomer: #expect(shown?[resource.handle].text == change.target.name)
            case .nothing: Issue.record("a built-in write can be read back")
            }
        }
    }

    @Test("The body holds the records under the noun's key, and no more of them than the table says", arguments: verbs)
    func envelopes(resource: Resource, verb: Verb) async throws {
        let write = try #require(resource.writes[verb])
        guard let envelope = write.envelope else { return }
        try await Stage.with(users: 9) { stage in
            let change = Self.change(verb, resource, id: await stage.emulator.userID(3), role: "1", profile: "2")
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

    private static func change(_ verb: Verb, _ resource: Resource, id: String, role: String, profile: String) -> Change
    {
        switch resource.writes[verb]?.result {
        case .newcomer?:
            Change(
                verb, resource, .new(handle: "new@acme.example"),
                fields: [
                    "first_name": "New", "last_name": "One", "email": "new@acme.example", "role": .string(role),
                    "profile": .string(profile),
                ])
        case .values?: Change(verb, resource, .existing(id: id), fields: ["city": "Bern"])
        default: Change(verb, resource, .existing(id: id))
        }
    }
}
