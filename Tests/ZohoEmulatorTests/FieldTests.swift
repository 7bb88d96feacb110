import Foundation
import Testing
import ZohoEmulator

/// What a user has, version by version, against the samples of the documentation.
@Suite struct FieldTests {
    private func keys(_ user: JSON?) -> Set<String> { Set((user ?? [:]).keys) }

    @Test(arguments: [
        ("v2", "v2-get-users", 0), ("v2", "v2-get-users", 1), ("v7", "v7-get-users", 0), ("v7", "v7-get-users", 2),
    ])
    func `users have the keys of the documentation's sample`(version: String, sample: String, number: Int) async throws
    {
        let users = try #require(try fixtureObject(sample)["users"] as? [JSON])
        try await withEmulator { emulator in
            var caller = try await LoggedIn.to(emulator)
            caller.version = version
            let ours = try await caller.get("users").users[number]
            #expect(keys(ours) == keys(users[number]))
        }
    }

    @Test func `v8 has v7's fields, a manager, and those of invitation and preference`() async throws {
        try await withEmulator { emulator in
            var caller = try await LoggedIn.to(emulator)
            let new = try await caller.get("users").users[1]
            caller.version = "v7"
            let old = try await caller.get("users").users[1]
            #expect(keys(new).isSuperset(of: keys(old)))
            #expect(
                keys(new).subtracting(keys(old)).isSuperset(of: [
                    "Reporting_To", "ezuid", "image_link", "Invited_Time__s", "Confirmed_Time__s",
                ]))
        }
    }

    @Test(arguments: ["v2", "v7", "v8"])
    func `a changed user keeps the fields of each version`(version: String) async throws {
        try await withEmulator { emulator in
            var caller = try await LoggedIn.to(emulator)
            caller.version = version
            for position in [0, 14] {
                let id = await emulator.userID(position)
                let before = try await caller.get("users/\(id)").users[0]
                let change = try await caller.call("PUT", "users/\(id)", body: body(["city": "Pune"]))
                try #require(change.status == 200)
                let after = try await caller.get("users/\(id)").users[0]
                #expect(keys(after) == keys(before))
                #expect(after.text("city") == "Pune")
                #expect(after.text("country_locale") == before.text("country_locale"))
            }
        }
    }

    @Test func `people are called what people are called`() async throws {
        try await withEmulator(configuration { $0.users = 400 }) { emulator in
            let users = try await LoggedIn.to(emulator).all("AllUsers")
            let names = users.compactMap { $0.text("full_name") }
            let scalars = Set(names.joined().unicodeScalars.map(\.value))
            func has(_ range: ClosedRange<UInt32>) -> Bool { scalars.contains(where: range.contains) }
            #expect(has(0x300...0x36F), "combining marks")
            #expect(has(0x4E00...0x9FFF) && has(0x0600...0x06FF) && has(0x0590...0x05FF))
            #expect(has(0x0900...0x097F) && has(0x0E00...0x0E7F) && has(0x1F300...0x1FAFF))
            #expect(scalars.contains(0x200D) && scalars.contains(0x1B) && scalars.contains(0x202E))
            #expect(users.contains { $0["last_name"] is NSNull })
            let emails = users.compactMap { $0.text("email") }
            #expect(Set(emails).count == 400)
            #expect(emails.joined().utf8.count == emails.joined().unicodeScalars.count)
            #expect(Set(users.compactMap { $0["offset"] as? Int }).count > 5)
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 99])
    func `even a small world has somebody of every kind`(seed: UInt64) async throws {
        try await withEmulator(configuration { $0.seed = seed }) { emulator in
            let users = try await LoggedIn.to(emulator).all("AllUsers")
            #expect(users.count == 25)
            let statuses = Set(users.compactMap { $0.text("status") })
            #expect(statuses.isSuperset(of: ["active", "disabled", "deleted", "closed"]))
            for user in users where user["confirm"] as? Bool == false { #expect(user["zuid"] is NSNull) }
            #expect(users.contains { $0["confirm"] as? Bool == false })
            #expect(users[0].text("status") == "active" && users[0]["confirm"] as? Bool == true)
        }
    }

    @Test func `equal seeds give equal worlds and other seeds other worlds`() async throws {
        func listing(_ seed: UInt64) async throws -> String {
            try await withEmulator(configuration { $0.seed = seed }) { try await LoggedIn.to($0).get("users").body }
        }
        let first = try await listing(7)
        #expect(try await listing(7) == first)
        #expect(try await listing(8) != first)
    }

    @Test func `the last page of a million costs no more than the first`() async throws {
        try await withEmulator(configuration { $0.users = 1_000_000 }) { emulator in
            let reply = try await LoggedIn.to(emulator).get("users?page=5000")
            #expect(reply.users.count == 200)
            #expect((reply.json["info"] as? JSON)?["more_records"] as? Bool == false)
        }
    }
}
