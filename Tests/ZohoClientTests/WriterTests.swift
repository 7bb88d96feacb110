import Testing
import ZohoEmulator
import ZoshKit

@testable import ZohoClient

@Suite struct `Writing users` {
    @Test func `adds, updates, deactivates, activates and deletes, and reads back`() async throws {
        try await Stage.with(users: 5) { stage in
            let role = try #require(try await stage.service.list(.roles).collect().first?.string("id"))
            let profile = try #require(try await stage.service.list(.profiles).collect().first?.string("id"))
            let created = await stage.writer.create([
                "first_name": "Ada", "last_name": "Lovelace", "email": "ada@new.example", "role": .string(role),
                "profile": .string(profile),
            ])
            guard case .done(let id?, let message) = created else {
                Issue.record("\(created)")
                return
            }
            #expect(message == "User added")
            #expect(
                await stage.writer.update(id: id, fields: ["city": "London"]) == .done(id: id, message: "User updated"))
            #expect(try await stage.writer.reread(ids: [id, "99"]).mapValues { $0.string("city") } == [id: "London"])
            #expect(
                await stage.writer.update(id: id, fields: ["status": "inactive"])
                    == .done(id: id, message: "User updated"))
            #expect(try await stage.writer.reread(ids: [id])[id]?.string("status") == "disabled")
            guard case .unchanged(let code, _, _) = await stage.writer.update(id: id, fields: ["status": "inactive"])
            else {
                Issue.record("not unchanged")
                return
            }
            #expect(code == "ID_ALREADY_DEACTIVATED")
            #expect(
                await stage.writer.update(id: id, fields: ["status": "active"])
                    == .done(id: id, message: "User updated"))
            #expect(await stage.writer.delete(id: id) == .done(id: id, message: "User deleted"))
            guard case .refused(let error) = await stage.writer.delete(id: id) else {
                Issue.record("not refused")
                return
            }
            #expect(error.code == "ID_ALREADY_DELETED")
        }
    }

    @Test func `believes a refusal under HTTP 200`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let body =
                #"{"users":[{"code":"CANNOT_UPDATE_DELETED_USER","details":{},"message":"no","status":"error"}]}"#
            stage.emulator.script(200, body, for: .updateUser)
            let id = await stage.emulator.userID(1)
            guard case .refused(let error) = await stage.writer.update(id: id, fields: ["city": "X"]) else {
                Issue.record("not refused")
                return
            }
            #expect(error.code == "CANNOT_UPDATE_DELETED_USER")
        }
    }

    @Test func `renews a dead token and then writes, once`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            await stage.emulator.expireAccessTokens()
            let id = await stage.emulator.userID(1)
            #expect(
                await stage.writer.update(id: id, fields: ["city": "Pune"]) == .done(id: id, message: "User updated"))
            #expect(stage.emulator.recentRequests.map(\.status) == [401, 200, 200])
        }
    }

    @Test func `finishes a write whose line was cancelled`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let id = await stage.emulator.userID(1)
            let gate = stage.emulator.hold(.updateUser)
            let line = Task { await stage.writer.update(id: id, fields: ["city": "Pune"]) }
            await gate.arrivals()
            line.cancel()
            gate.release()
            #expect(await line.value == .done(id: id, message: "User updated"))
        }
    }

    @Test func `starts no write on a cancelled line and none for what is no id`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let line = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await stage.writer.delete(id: "1")
            }
            #expect(await line.value == .failed(.interrupted))
            for id in ["", "../org", "1?x=y", "ada@acme.example"] {
                guard case .refused(let error) = await stage.writer.delete(id: id) else {
                    Issue.record("sent \(id)")
                    continue
                }
                #expect(error.kind == .notFound)
            }
            #expect(stage.emulator.requestCount() == 0)
        }
    }

    @Test func `reads back in chunks of a hundred`() async throws {
        try await Stage.with(users: 250) { stage in
            let all = ids(try await stage.service.list(.users, .users()).collect())
            stage.emulator.forgetRequests()
            let found = try await stage.writer.reread(ids: all)
            #expect(Set(found.keys) == Set(all))
            #expect(stage.emulator.requestCount() == 3)
        }
    }
}
