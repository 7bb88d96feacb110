import Testing
import ZoshKit

@testable import ZohoClient

/// What the administration API needs of a row of the table: a parent, another verb, a parameter, an accepted job.
@Suite("Shapes of the resource table")
struct ResourceShapeTests {
    private static let success =
        #"{"x":[{"code":"SUCCESS","status":"success","message":"ok","details":{"id":"9","job_id":"500"}}]}"#

    /// Sends a change to a server with these replies, and follows the job it may become; gives what became of it and
    /// the requests' first lines and bodies.
    private func send(_ change: Change, _ replies: [String]) async throws -> (
        result: ChangeResult, requests: [String], pauses: Int
    ) {
        let server = try LoopbackServer(LoopbackServer.reply(200, replies[0]))
        for reply in replies.dropFirst() { server.add(LoopbackServer.reply(200, reply)) }
        let scripted = Scripted(server)
        var result = await scripted.writer.perform(change)
        if case .accepted(let job, _) = result { result = await scripted.writer.follow(job, of: change) }
        let requests = server.requests
        await scripted.close()
        let shown = requests.map { text in
            let head = text.prefix { $0 != "\r\n" }.split(separator: " ").prefix(2).joined(separator: " ")
            return head + (text.split(separator: "\r\n\r\n").dropFirst().first.map { " \($0)" } ?? "")
        }
        return (result, shown, scripted.clock.slept.count)
    }

    @Test("A user's territory is written below the user")
    func parent() async throws {
        let territories = Resource(
            "territories", noun: "territory", path: "/settings/territories", headline: ["name"],
            scopes: [.update: "ZohoCRM.settings.territories.ALL"],
            writes: [
                .update: Write(
                    .put, "/users/{user}/territories", envelope: "territories", result: .nothing, blast: .access),
                .delete: Write(
                    .delete, "/users/{user}/territories/{id}", envelope: nil, result: .nothing, blast: .access),
            ])
        let (done, requests, _) = try await send(
            Change(.update, territories, .existing(id: "7"), within: ["user": "4"], fields: ["id": "7"]),
            [Self.success])
        #expect(done == .done(id: "9", message: "ok"))
        #expect(requests == [#"PUT /crm/v8/users/4/territories {"territories":[{"id":"7"}]}"#])
        let removal = Change(.delete, territories, .existing(id: "7"), within: ["user": "4"])
        #expect(
            try await send(removal, [Self.success]).requests == ["DELETE /crm/v8/users/4/territories/7"])
        // Two users' memberships of one territory are two targets.
        #expect(removal.target != Change(.delete, territories, .existing(id: "7"), within: ["user": "5"]).target)
        let (lost, nothing, _) = try await send(Change(.delete, territories, .existing(id: "7")), [Self.success])
        #expect(nothing.isEmpty)
        guard case .refused = lost else {
            Issue.record("sent without its parent")
            return
        }
    }

    @Test("A profile is cloned by its own verb")
    func clone() async throws {
        let profiles = Resource(
            "profiles", noun: "profile", path: "/settings/profiles", headline: ["name"],
            scopes: ["clone": "ZohoCRM.settings.profiles.CREATE"],
            writes: [
                "clone": Write(
                    .post, "/settings/profiles/{of}/actions/clone", envelope: "profiles", result: .newcomer,
                    blast: .access)
            ])
        let change = Change(
            "clone", profiles, .new(handle: "Sales EU"), within: ["of": "31"], fields: ["name": "Sales EU"])
        #expect(change.target.noun == "new profile" && change.blast == .access)
        let (done, requests, _) = try await send(change, [Self.success])
        #expect(done == .done(id: "9", message: "ok"))
        #expect(requests == [#"POST /crm/v8/settings/profiles/31/actions/clone {"profiles":[{"name":"Sales EU"}]}"#])
    }

    @Test("A deletion names who takes over in the query")
    func parameter() async throws {
        let roles = Resource(
            "roles", noun: "role", path: "/settings/roles", headline: ["name"],
            scopes: [.delete: "ZohoCRM.settings.roles.DELETE"],
            writes: [
                .delete: Write(
                    .delete, "/settings/roles/{id}", envelope: nil, result: .absence, blast: .irreversible)
            ])
        let change = Change(.delete, roles, .existing(id: "8"), parameters: ["transfer_to_id": "9"])
        #expect(
            try await send(change, [Self.success]).requests == ["DELETE /crm/v8/settings/roles/8?transfer_to_id=9"])
    }

    private static let transfers = Resource(
        "transfers", noun: "transfer", path: "/users", headline: ["id"],
        scopes: ["transfer": "ZohoCRM.change_owner.CREATE"],
        writes: [
            "transfer": Write(
                .post, "/users/{id}/actions/transfer", envelope: "transfer", result: .nothing, blast: .irreversible,
                job: AcceptedJob(
                    "/users/actions/transfer", state: "transfer.status", done: ["completed"], failed: ["failed"]))
        ])
    private static let transfer = Change("transfer", transfers, .existing(id: "4"), fields: ["id": "5"])

    @Test("An accepted job is asked for until it is over, and never sent again")
    func job() async throws {
        let (done, requests, pauses) = try await send(
            Self.transfer,
            [
                Self.success, #"{"transfer":{"status":"scheduled"}}"#, #"{"transfer":{"status":"in_progress"}}"#,
                #"{"transfer":{"status":"completed"}}"#,
            ])
        #expect(done == .done(id: "4", message: "job 500 is completed"))
        #expect(
            requests == [
                #"POST /crm/v8/users/4/actions/transfer {"transfer":[{"id":"5"}]}"#,
                "GET /crm/v8/users/actions/transfer?job_id=500", "GET /crm/v8/users/actions/transfer?job_id=500",
                "GET /crm/v8/users/actions/transfer?job_id=500",
            ])
        #expect(pauses == 2)
    }

    @Test("A job that never ends is waited for half an hour")
    func endless() async throws {
        let server = try LoopbackServer(LoopbackServer.reply(200, #"{"transfer":{"status":"in_progress"}}"#))
        let scripted = Scripted(server)
        #expect(await scripted.writer.follow("500", of: Self.transfer) == .accepted(job: "500"))
        #expect(scripted.clock.slept.reduce(.zero, +) < .seconds(1800))
        #expect(server.requests.count == 360)
        await scripted.close()
    }

    @Test("A job that fails is refused; one that cannot be asked for is not called done")
    func unhappyJobs() async throws {
        let (failed, _, _) = try await send(Self.transfer, [Self.success, #"{"transfer":{"status":"failed"}}"#])
        guard case .refused = failed else {
            Issue.record("\(failed)")
            return
        }
        let (unknown, requests, _) = try await send(
            Self.transfer, [Self.success, #"{"code":"INVALID_DATA","status":"error","message":"no","details":{}}"#])
        #expect(unknown == .accepted(job: "500", reason: "its status could not be read"))
        #expect(requests.count { $0.hasPrefix("POST") } == 1)
    }
}
