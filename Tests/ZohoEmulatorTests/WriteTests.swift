import Foundation
import Testing
import ZohoEmulator

@Suite struct WriteTests {
    @Test func `an added user is active, unconfirmed, found again and last`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            var newcomer = try await caller.newcomer()
            newcomer["Favourite_Colour"] = "teal"
            let added = try await caller.call("POST", "users", body: body(newcomer))
            #expect(added.status == 201)
            let result = try #require(added.users.first)
            #expect(result.text("code") == "SUCCESS" && result.text("message") == "User added")
            let id = try #require((result["details"] as? JSON)?.text("id"))
            let everybody = try await caller.get("users")
            #expect(everybody.users.count == 26)
            let user = try #require(everybody.users.last)
            #expect(user.text("id") == id)
            #expect(user.text("full_name") == "Neo Newcomer" && user.text("status") == "active")
            #expect(user["confirm"] as? Bool == false && user["zuid"] is NSNull)
            // What is no field of a user is ignored without an error.
            #expect(user["Favourite_Colour"] == nil)
            #expect((user["role"] as? JSON)?.text("name") == "Manager")
        }
    }

    @Test func `role and profile are taken as strings and as objects`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            var newcomer = try await caller.newcomer()
            newcomer["role"] = ["id": newcomer["role"], "name": "Manager"]
            newcomer["profile"] = ["id": newcomer["profile"]]
            #expect(try await caller.call("POST", "users", body: body(newcomer)).status == 201)
        }
    }

    static let badNewcomers: [(change: @Sendable (inout JSON) -> Void, code: String, field: String?)] = [
        ({ $0["first_name"] = nil }, "MANDATORY_NOT_FOUND", "first_name"),
        ({ $0["email"] = nil }, "MANDATORY_NOT_FOUND", "email"),
        ({ $0["role"] = NSNull() }, "MANDATORY_NOT_FOUND", "role"),
        ({ $0["profile"] = "" }, "MANDATORY_NOT_FOUND", "profile"),
        ({ $0["role"] = "12" }, "INVALID_DATA", "role"),
        ({ $0["profile"] = ["id": "12"] }, "INVALID_DATA", "profile"),
        ({ $0["email"] = "nobody" }, "INVALID_DATA", "email"),
        ({ $0["email"] = "a b@c.example" }, "INVALID_DATA", "email"),
        ({ $0["email"] = "me@zoho.com" }, "INVALID_DATA", "email"),
        ({ $0["first_name"] = String(repeating: "x", count: 51) }, "INVALID_DATA", "first_name"),
        ({ $0["first_name"] = 5 }, "INVALID_DATA", "first_name"),
        ({ $0["last_name"] = "<b>" }, "INVALID_DATA", "last_name"),
        ({ $0["time_zone"] = "Moon/Tycho" }, "INVALID_DATA", "time_zone"),
        ({ $0["time_format"] = "h" }, "INVALID_DATA", "time_format"),
        ({ $0["Reporting_To"] = "12" }, "INVALID_DATA", "Reporting_To"),
        ({ $0["created_by"] = "12" }, "NOT_SUPPORTED", "created_by"),
        ({ $0["type__s"] = "Support User" }, "NOT_SUPPORTED", "type__s"),
        (
            {
                $0["number_separator"] = "Comma"
                $0["decimal_separator"] = "Comma"
            }, "MAPPING_MISMATCH", "decimal_separator"
        ),
    ]

    @Test(arguments: 0..<18)
    func `a newcomer who breaks a rule is refused by code and field`(number: Int) async throws {
        let rule = Self.badNewcomers[number]
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            var newcomer = try await caller.newcomer()
            rule.change(&newcomer)
            let reply = try await caller.call("POST", "users", body: body(newcomer))
            #expect(reply.status == 400)
            let result = try #require(reply.users.first)
            #expect(result.text("code") == rule.code)
            let details = try #require(result["details"] as? JSON)
            #expect(details.text("api_name") == rule.field)
            #expect(details.text("json_path") == rule.field.map { "$.users[0].\($0)" })
            #expect(try await caller.get("users/actions/count").json["count"] as? Int == 25)
        }
    }

    @Test func `two newcomers in one call are one too many`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let one = try await caller.newcomer()
            let reply = try await caller.call("POST", "users", body: text(["users": [one, one]]))
            #expect(reply.status == 400)
            #expect(reply.json["code"] as? String == "INVALID_DATA")
            let details = try #require(reply.json["details"] as? JSON)
            #expect(details["maximum_length"] as? Int == 1 && details.text("json_path") == "$.users")
        }
    }

    @Test(arguments: ["", "[]", "{", "{\"users\":5}", "{\"users\":[5]}", "{\"people\":[]}"])
    func `a body that is no list of users fails as a whole`(body: String) async throws {
        try await withEmulator { emulator in
            let reply = try await LoggedIn.to(emulator).call("POST", "users", body: body)
            #expect(reply.status == 400)
            #expect(["INVALID_DATA", "MANDATORY_NOT_FOUND"].contains(reply.json["code"] as? String))
        }
    }

    @Test func `an address is taken whatever its letter case, and free again after a change`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            var newcomer = try await caller.newcomer()
            #expect(try await caller.call("POST", "users", body: body(newcomer)).status == 201)
            newcomer["email"] = "NEO@newcomers.example"
            #expect(try await caller.call("POST", "users", body: body(newcomer)).code == "DUPLICATE_DATA")
            let id = try #require(try await caller.get("users").ids.last)
            let moved = try await caller.call("PUT", "users/\(id)", body: body(["email": "trinity@newcomers.example"]))
            #expect(moved.status == 200)
            #expect(try await caller.call("POST", "users", body: body(newcomer)).status == 201)
        }
    }

    @Test func `inactive is written and disabled is read`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let id = try #require(try await caller.get("users?type=ActiveUsers").ids.dropFirst(2).first)
            #expect(try await caller.call("PUT", "users/\(id)", body: body(["status": "inactive"])).status == 200)
            let user = try #require(try await caller.get("users/\(id)").users.first)
            #expect(user.text("status") == "disabled" && user.text("status_reason__s") == "disabled manually")
            #expect(try await caller.get("users?type=DeactiveUsers").ids.contains(id))
            let again = try await caller.call("PUT", "users/\(id)", body: body(["status": "inactive"]))
            #expect(again.code == "ID_ALREADY_DEACTIVATED")
            #expect((again.users.first?["details"] as? JSON)?.text("id") == "$.users[0].id")
            #expect(try await caller.call("PUT", "users/\(id)", body: body(["city": "Pune"])).code == "NOT_ALLOWED")
            #expect(
                try await caller.call("PUT", "users/\(id)", body: body(["status": "disabled"])).code == "INVALID_DATA")
            #expect(try await caller.call("PUT", "users/\(id)", body: body(["status": "active"])).status == 200)
            #expect(
                try await caller.call("PUT", "users/\(id)", body: body(["status": "active"])).code
                    == "ID_ALREADY_ACTIVE")
        }
    }

    @Test func `activating needs a licence`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            await emulator.setLicenceLimit(2)
            let id = try #require(try await caller.get("users?type=DeactiveUsers").ids.first)
            let reply = try await caller.call("PUT", "users/\(id)", body: body(["status": "active"]))
            #expect(reply.status == 400)
            #expect(reply.code == "LICENSE_LIMIT_EXCEEDED")
        }
    }

    @Test func `what only the person may change is refused for another and taken from the caller`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let other = try await caller.call(
                "PUT", "users/\(emulator.userID(14))", body: body(["time_zone": "Asia/Tokyo"]))
            #expect(other.code == "NOT_ALLOWED")
            let own = try await caller.call(
                "PUT", "users/\(emulator.userID(0))", body: body(["time_zone": "Asia/Tokyo"]))
            #expect(own.status == 200)
        }
    }

    @Test func `the caller cannot deactivate, demote or delete themselves`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let own = await emulator.userID(0)
            let standard = try await caller.id(of: "Standard", in: "profiles")
            for change in [["status": "inactive"], ["profile": standard]] {
                #expect(try await caller.call("PUT", "users/\(own)", body: body(change)).code == "INVALID_REQUEST")
            }
            #expect(try await caller.call("DELETE", "users/\(own)").code == "INVALID_REQUEST")
        }
    }

    @Test func `the address of a confirmed user stays`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let confirmed = try #require(try await caller.get("users?type=ActiveConfirmedUsers").ids.dropFirst().first)
            let reply = try await caller.call("PUT", "users/\(confirmed)", body: body(["email": "new@zylker.example"]))
            #expect(reply.code == "EMAIL_UPDATE_NOT_ALOWED")
            let invited = try await caller.call(
                "PUT", "users/\(confirmed)", body: text(["users": [["reinvite": true]]]))
            #expect(invited.code == "INVALID_REQUEST")
        }
    }

    @Test func `a deleted user stays listed and cannot be changed`() async throws {
        try await withEmulator { emulator in
            var caller = try await LoggedIn.to(emulator)
            let id = try #require(try await caller.get("users?type=ActiveUsers").ids.dropFirst(3).first)
            #expect(try await caller.call("DELETE", "users/\(id)").users.first?.text("message") == "User deleted")
            #expect(try await caller.get("users?type=DeletedUsers").ids.contains(id))
            #expect(try await caller.get("users").users.count == 25)
            let byPath = try await caller.call("PUT", "users/\(id)", body: body(["city": "Pune"]))
            #expect(byPath.json["code"] as? String == "NOT_ALLOWED")
            let byBody = try await caller.call("PUT", "users", body: body(["id": id, "city": "Pune"]))
            #expect(byBody.users.first?.text("code") == "CANNOT_UPDATE_DELETED_USER")
            caller.version = "v2"
            #expect(
                try await caller.call("PUT", "users/\(id)", body: body(["city": "Pune"])).code
                    == "CANNOT_UPDATE_DELETED_USER")
        }
    }

    @Test func `v8 changes up to ten in one call with a result each`() async throws {
        try await withEmulator { emulator in
            var caller = try await LoggedIn.to(emulator)
            let ids = try await caller.get("users?type=ActiveConfirmedUsers").ids
            let gone = try #require(try await caller.get("users?type=DeletedUsers").ids.first)
            let drafts: [JSON] = [
                ["id": ids[1], "city": "Pune"], ["id": gone, "city": "Pune"], ["city": "Pune"], ["id": "7"],
            ]
            let reply = try await caller.call("PUT", "users", body: text(["users": drafts]))
            #expect(reply.status == 200)
            #expect(
                reply.users.map { $0.text("code") } == [
                    "SUCCESS", "CANNOT_UPDATE_DELETED_USER", "MANDATORY_NOT_FOUND", "INVALID_DATA",
                ])
            let eleven = try text(["users": Array(repeating: ["id": ids[1], "city": "Pune"], count: 11)])
            #expect(
                (try await caller.call("PUT", "users", body: eleven).json["details"] as? JSON)?["maximum_length"]
                    as? Int == 10)
            caller.version = "v7"
            let two = try text(["users": [drafts[0], drafts[0]]])
            #expect(
                (try await caller.call("PUT", "users", body: two).json["details"] as? JSON)?["maximum_length"] as? Int
                    == 1)
        }
    }

    @Test func `writing needs the right to manage users`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            await emulator.setMissingPermissions(["Crm_Implied_Manage_Users"])
            let reply = try await caller.call("DELETE", "users/\(emulator.userID(4))")
            #expect(reply.status == 403)
            #expect((reply.json["details"] as? JSON)?["permissions"] as? [String] == ["Crm_Implied_Manage_Users"])
            #expect(try await caller.get("users").status == 200)
        }
    }

    @Test func `null clears a field and the modification is stamped`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let id = try #require(try await caller.get("users?type=ActiveUsers").ids.dropFirst(2).first)
            let before = try #require(try await caller.get("users/\(id)").users.first?.text("Modified_Time"))
            let reply = try await caller.call(
                "PUT", "users/\(id)", body: text(["users": [["last_name": NSNull(), "first_name": "Cher"]]]))
            #expect(reply.status == 200)
            let user = try #require(try await caller.get("users/\(id)").users.first)
            #expect(user["last_name"] is NSNull && user.text("full_name") == "Cher")
            #expect(user.text("Modified_Time") != before)
            let recent = try await caller.get("users", headers: ["If-Modified-Since": "2026-01-01T00:00:00Z"])
            #expect(recent.ids == [id])
        }
    }

    @Test func `v2 deletes by an id in the body, as Kaizen says`() async throws {
        try await withEmulator { emulator in
            var caller = try await LoggedIn.to(emulator)
            let id = try #require(try await caller.get("users?type=ActiveUsers").ids.dropFirst(2).first)
            #expect(try await caller.call("DELETE", "users", body: body(["id": id])).code == "INVALID_REQUEST_METHOD")
            caller.version = "v2"
            #expect(try await caller.call("DELETE", "users", body: body(["id": id])).status == 200)
        }
    }
}
