import Foundation
import Testing
import ZohoEmulator

@Suite struct WorldFileTests {
    @Test(arguments: [("v7-get-users", 15), ("v2-get-users", 3)])
    func `a saved reply lists exactly its people, every key as it was`(name: String, count: Int) async throws {
        let saved = try fixtureObject(name)
        let world = try fixture(name)
        try await withEmulator(configuration { $0.world = world }) { emulator in
            let reply = try await LoggedIn.to(emulator).get("users")
            #expect(reply.users.count == count)
            #expect(NSDictionary(dictionary: reply.json) == NSDictionary(dictionary: saved))
        }
    }

    @Test func `keys keep their order`() async throws {
        let world =
            #"{"users":[{"zz":1.50,"id":"12","aa":null,"email":"a@b.example","status":"active","confirm":true}]}"#
        try await withEmulator(configuration { $0.world = Array(world.utf8) }) { emulator in
            let reply = try await LoggedIn.to(emulator).get("users")
            let user = #"{"zz":1.50,"id":"12","aa":null,"email":"a@b.example","status":"active","confirm":true}"#
            #expect(reply.body.contains(user))
        }
    }

    @Test func `the caller is the first active, confirmed administrator`() async throws {
        let world = try fixture("v7-get-users")
        try await withEmulator(configuration { $0.world = world }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            #expect(
                try await caller.get("users?type=CurrentUser").users.first?.text("email")
                    == "patricia.a+us@zohotest.com")
            #expect(try await caller.get("users?type=DeletedUsers").users.count == 2)
            #expect(try await caller.get("users?type=DeactiveUsers").users.count == 3)
        }
    }

    @Test func `roles and profiles a file does not describe are those its people name`() async throws {
        let world = try fixture("v7-get-users")
        try await withEmulator(configuration { $0.world = world }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            let roles = try #require(try await caller.get("settings/roles").json["roles"] as? [JSON])
            #expect(Set(roles.compactMap { $0.text("name") }).isSuperset(of: ["CEO", "Product Manager", "Marketing"]))
            let profiles = try #require(try await caller.get("settings/profiles").json["profiles"] as? [JSON])
            #expect(Set(profiles.compactMap { $0.text("name") }) == ["Administrator", "Standard", "asd"])
        }
    }

    @Test func `generated people take the organisation, roles and profiles a file describes`() async throws {
        let world = """
            {"org":[{"company_name":"Acme","zgid":"777"}],"roles":[{"id":"9001","name":"Boss","reporting_to":null}],
             "profiles":[{"id":"9103","name":"Other"},{"id":"9102","name":"Administrator"}]}
            """
        try await withEmulator(configuration { $0.world = Array(world.utf8) }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            #expect(await emulator.zgid() == "777")
            let users = try await caller.get("users").users
            #expect(users.count == 25)
            #expect(Set(users.compactMap { ($0["role"] as? JSON)?.text("name") }) == ["Boss"])
            #expect(Set(users.compactMap { ($0["profile"] as? JSON)?.text("id") }) == ["9102", "9103"])
            #expect(try await caller.get("users?type=CurrentUser").users.first?.text("zuid") != nil)
        }
    }

    @Test func `a loaded world can be changed`() async throws {
        let world = try fixture("v7-get-users")
        try await withEmulator(configuration { $0.world = world }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            let kim = "5725767000000583032"
            #expect(try await caller.call("PUT", "users/\(kim)", body: body(["last_name": "Possible"])).status == 200)
            #expect(try await caller.get("users/\(kim)").users.first?.text("full_name") == "Kim Possible")
            #expect(try await caller.call("DELETE", "users/\(kim)").status == 200)
            let added = try await caller.call("POST", "users", body: body(caller.newcomer()))
            #expect(added.status == 400, "the file's people name no role called Manager")
        }
    }

    @Test(arguments: [
        ("[]", "one JSON object"), ("{\"users\":", "not JSON"), ("{}", "needs one of"), ("{\"users\":{}}", "an array"),
        ("{\"users\":[]}", "the caller"),
        ("{\"users\":[{\"id\":5}]}", "`id`"), ("{\"users\":[{\"id\":\"5\"},{\"id\":\"5\"}]}", "Two users"),
    ])
    func `a file that is no world is refused with a sentence`(file: String, fragment: String) async throws {
        await #expect {
            try await Emulator.start(configuration { $0.world = Array(file.utf8) })
        } throws: { error in
            (error as? EmulatorError)?.description.contains(fragment) == true
        }
    }
}
