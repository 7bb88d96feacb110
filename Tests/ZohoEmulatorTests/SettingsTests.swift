import Testing
import ZohoEmulator

@Suite struct SettingsTests {
    @Test func `the organisation says who it is`() async throws {
        try await withEmulator { emulator in
            let reply = try await LoggedIn.to(emulator).get("org")
            let org = try #require((reply.json["org"] as? [JSON])?.first)
            #expect(org.text("zgid") == (await emulator.zgid()))
            #expect(org["info"] == nil && org["employee_count"] is String)
        }
    }

    @Test func `roles are one tree under one root`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let reply = try await caller.get("settings/roles")
            let roles = try #require(reply.json["roles"] as? [JSON])
            #expect(reply.json["info"] == nil)
            let ids = Set(roles.compactMap { $0.text("id") })
            let parents = roles.compactMap { ($0["reporting_to"] as? JSON)?.text("id") }
            #expect(parents.count == roles.count - 1)
            #expect(Set(parents).isSubset(of: ids))
            let one = try await caller.get("settings/roles/\(roles[1].text("id") ?? "")")
            #expect((one.json["roles"] as? [JSON])?.count == 1)
            #expect(try await caller.get("settings/roles/7").status == 204)
        }
    }

    @Test func `users name only roles and profiles that exist`() async throws {
        try await withEmulator(configuration { $0.users = 200 }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            let users = try await caller.get("users").users
            for (field, plural) in [("role", "roles"), ("profile", "profiles")] {
                let known = try await caller.get("settings/\(plural)").json[plural] as? [JSON] ?? []
                let named = Set(users.compactMap { ($0[field] as? JSON)?.text("id") })
                #expect(named.isSubset(of: Set(known.compactMap { $0.text("id") })))
            }
        }
    }

    @Test func `fields of users come with their choices and only for the users module`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let fields = try await caller.get("settings/fields?module=Users").json["fields"] as? [JSON] ?? []
            let zone = try #require(fields.first { $0.text("api_name") == "time_zone" })
            #expect((zone["pick_list_values"] as? [JSON])?.contains { $0.text("actual_value") == "Asia/Tokyo" } == true)
            #expect(try await caller.get("settings/fields").code == "REQUIRED_PARAM_MISSING")
            #expect(try await caller.get("settings/fields?module=Leads").status == 400)
        }
    }
}
