import Testing
import ZohoEmulator

@Suite struct ListingTests {
    @Test func `four hundred and fifty users come in three pages and nobody twice`() async throws {
        try await withEmulator(configuration { $0.users = 450 }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            var ids: [String] = []
            for page in 1...3 {
                let reply = try await caller.get("users?page=\(page)&per_page=200")
                #expect(reply.status == 200)
                let info = try #require(reply.json["info"] as? JSON)
                #expect(info["more_records"] as? Bool == (page < 3))
                #expect(info["count"] as? Int == reply.ids.count)
                ids += reply.ids
            }
            #expect(ids.count == 450)
            #expect(Set(ids).count == 450)
            #expect(ids == ids.sorted())
            #expect(ids.allSatisfy { $0.count == 19 })
            #expect(emulator.requestCount(.listUsers) == 3)
        }
    }

    @Test func `a page after the last is empty, without a body, and still claims to be JSON`() async throws {
        try await withEmulator { emulator in
            let reply = try await LoggedIn.to(emulator).get("users?page=2")
            #expect(reply.status == 204)
            #expect(reply.body.isEmpty)
            #expect(reply.headers["content-type"] == "application/json")
            #expect(reply.headers["content-length"] == nil)
        }
    }

    static let rules: [(type: String, admits: @Sendable (JSON) -> Bool)] = [
        ("AllUsers", { _ in true }),
        ("ActiveUsers", { $0.text("status") == "active" }),
        ("DeactiveUsers", { ["disabled", "disabled dormant"].contains($0.text("status")) }),
        ("ConfirmedUsers", { $0["confirm"] as? Bool == true }),
        ("NotConfirmedUsers", { $0["confirm"] as? Bool == false }),
        ("DeletedUsers", { $0.text("status") == "deleted" }),
        ("ActiveConfirmedUsers", { $0.text("status") == "active" && $0["confirm"] as? Bool == true }),
        ("AdminUsers", { ($0["profile"] as? JSON)?.text("name") == "Administrator" }),
        (
            "ActiveConfirmedAdmins",
            {
                $0.text("status") == "active" && $0["confirm"] as? Bool == true
                    && ($0["profile"] as? JSON)?.text("name") == "Administrator"
            }
        ),
        ("CurrentUser", { $0["Isonline"] as? Bool == true }),
    ]

    @Test(arguments: 0..<10)
    func `each of the ten types lists exactly those it names, and the count agrees`(number: Int) async throws {
        let rule = Self.rules[number]
        try await withEmulator(configuration { $0.users = 260 }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            let everybody = try await caller.all("AllUsers")
            let expected = everybody.filter(rule.admits).compactMap { $0.text("id") }
            let listed = try await caller.all(rule.type).compactMap { $0.text("id") }
            #expect(!expected.isEmpty)
            #expect(listed == expected)
            let count = try await caller.get("users/actions/count?type=\(rule.type)")
            #expect(count.json["count"] as? Int == expected.count)
        }
    }

    @Test func `pages of a type are the same in any order and follow a change`() async throws {
        try await withEmulator(configuration { $0.users = 300 }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            func page(_ number: Int) async throws -> [String] {
                try await caller.get("users?type=ActiveUsers&per_page=20&page=\(number)").ids
            }
            let fourth = try await page(4)
            var walked: [[String]] = []
            for number in 1...5 { walked.append(try await page(number)) }
            #expect(walked[3] == fourth)
            #expect(try await page(2) == walked[1])
            #expect(try await caller.call("DELETE", "users/\(walked[0][3])").status == 200)
            #expect(try await page(4).first == walked[3][1])
            #expect(try await page(1_000_000_000_000).isEmpty)
        }
    }

    @Test(arguments: ["page=0", "page=x", "per_page=201", "per_page=0", "per_page=ten", "ids=abc", "ids=1,2,x"])
    func `a number out of bounds is invalid data`(query: String) async throws {
        try await withEmulator { emulator in
            let reply = try await LoggedIn.to(emulator).get("users?\(query)")
            #expect(reply.status == 400)
            #expect(reply.json["code"] as? String == "INVALID_DATA")
        }
    }

    @Test func `a hundred ids are answered in one call and a hundred and one are refused`() async throws {
        try await withEmulator(configuration { $0.users = 150 }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            let ids = try await caller.all("AllUsers").compactMap { $0.text("id") }
            let wanted = Array(ids[20..<120].reversed())
            let reply = try await caller.get("users?ids=\(wanted.joined(separator: ","))")
            #expect(reply.ids == wanted.sorted())
            let many = try await caller.get("users?ids=\(ids[..<101].joined(separator: ","))")
            #expect(many.status == 400)
            #expect(many.code == "INVALID_DATA")
            #expect((many.json["details"] as? JSON)?["maximum_length"] as? Int == 100)
        }
    }

    @Test func `ids of nobody are left out, and of nobody at all are an empty set`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let somebody = await emulator.userID(3)
            #expect(try await caller.get("users?ids=\(somebody),99").ids == [somebody])
            #expect(try await caller.get("users?ids=98,99").status == 204)
        }
    }

    @Test func `what was not modified since is not sent`() async throws {
        try await withEmulator(configuration { $0.users = 60 }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            let everybody = try await caller.all("AllUsers")
            let since = "2021-06-01T00:00:00+05:30"
            let reply = try await caller.get("users", headers: ["If-Modified-Since": since])
            let listed = Set(reply.ids)
            #expect(!listed.isEmpty && listed.count < everybody.count)
            for user in everybody {
                let year = Int(user.text("Modified_Time")?.prefix(4) ?? "") ?? 0
                if year > 2021 { #expect(listed.contains(user.text("id") ?? "")) }
                if year < 2021 { #expect(!listed.contains(user.text("id") ?? "")) }
            }
            let late = try await caller.get("users", headers: ["If-Modified-Since": "2037-01-01T00:00:00Z"])
            #expect(late.status == 304)
            #expect(late.body.isEmpty)
            let one = await emulator.userID(0)
            let same = try await caller.get("users/\(one)", headers: ["If-Modified-Since": "2037-01-01T00:00:00Z"])
            #expect(same.status == 304)
        }
    }

    @Test func `the time of If-Modified-Since is no HTTP date`() async throws {
        try await withEmulator { emulator in
            let header = ["If-Modified-Since": "Sat, 01 Jan 2022 00:00:00 GMT"]
            let reply = try await LoggedIn.to(emulator).get("users", headers: header)
            #expect(reply.status == 400)
        }
    }

    @Test func `v8 shows chosen fields and types that v7 does not know`() async throws {
        try await withEmulator { emulator in
            var caller = try await LoggedIn.to(emulator)
            let reply = try await caller.get("users?fields=email,full_name")
            #expect(reply.users.allSatisfy { Set($0.keys) == ["id", "email", "full_name"] })
            #expect(try await caller.get("users?type=ActiveAndDeactive").status == 200)
            caller.version = "v7"
            #expect(try await caller.get("users?type=ActiveAndDeactive").status == 400)
        }
    }

    @Test func `subordinate roles are those below the caller's`() async throws {
        try await withEmulator(configuration { $0.users = 80 }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            let manager = try await caller.id(of: "Manager", in: "roles")
            let children = try await caller.all("ChildRoleUsers&role_id=\(manager)")
            let names = Set(children.compactMap { ($0["role"] as? JSON)?.text("name") })
            #expect(names.isSubset(of: ["Product Manager", "Marketing", "Sales department Head", "فريق الدعم"]))
            #expect(!names.isEmpty)
            let below = try await caller.all("SubordinateRoleUsers&role_id=\(manager)")
            #expect(below.count > children.count)
        }
    }
}
