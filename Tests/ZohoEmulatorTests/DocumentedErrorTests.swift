import Testing
import ZohoEmulator

/// One of the fourteen errors that the user-facing documents list: seven of Get Users (v2), seven
/// of Kaizen #51.
struct DocumentedError: Sendable, CustomTestStringConvertible {
    let code: String
    let status: Int
    /// Whether the error is a record's result inside `users`, or the whole reply.
    let isRecord: Bool
    let version: String
    let provoke: @Sendable (LoggedIn) async throws -> WireReply

    var testDescription: String { "\(code) \(status)" }

    init(
        _ code: String, _ status: Int, record: Bool = false, version: String = "v2",
        provoke: @escaping @Sendable (LoggedIn) async throws -> WireReply
    ) {
        self.code = code
        self.status = status
        self.isRecord = record
        self.version = version
        self.provoke = provoke
    }

    static let all: [DocumentedError] = [
        DocumentedError("INVALID_URL_PATTERN", 404) { try await $0.get("usersss") },
        DocumentedError("OAUTH_SCOPE_MISMATCH", 401) { caller in
            let other = try await LoggedIn.to(caller.emulator, scopes: ["ZohoCRM.users.CREATE"])
            return try await other.get("users")
        },
        DocumentedError("NO_PERMISSION", 403) { caller in
            await caller.emulator.setMissingPermissions(["Crm_Implied_View_Users"])
            return try await caller.get("users")
        },
        DocumentedError("INTERNAL_ERROR", 500) { caller in
            caller.emulator.script(
                500, #"{"code":"INTERNAL_ERROR","details":{},"message":"Internal Server Error","status":"error"}"#,
                for: .listUsers)
            return try await caller.get("users")
        },
        DocumentedError("INVALID_REQUEST_METHOD", 400) { try await $0.call("PATCH", "users") },
        DocumentedError("AUTHORIZATION_FAILED", 400) { caller in
            await caller.emulator.setTrialExpired(true)
            return try await caller.get("users")
        },
        DocumentedError("PATTERN_NOT_MATCHED", 400) { try await $0.get("users?type=NiceUsers") },
        DocumentedError("INVALID_DATA", 200, record: true) { try await $0.get("users/4150868000000000001") },
        DocumentedError("DUPLICATE_DATA", 400, record: true) { caller in
            var newcomer = try await caller.newcomer()
            newcomer["email"] = try await caller.get("users?per_page=2").users[1]["email"]
            return try await caller.call("POST", "users", body: body(newcomer))
        },
        DocumentedError("MANDATORY_NOT_FOUND", 400, record: true) { caller in
            var newcomer = try await caller.newcomer()
            newcomer["last_name"] = nil
            return try await caller.call("POST", "users", body: body(newcomer))
        },
        DocumentedError("LICENSE_LIMIT_EXCEEDED", 400, record: true) { caller in
            await caller.emulator.setLicenceLimit(3)
            return try await caller.call("POST", "users", body: body(caller.newcomer()))
        },
        DocumentedError("INVALID_REQUEST", 400, record: true) { caller in
            try await caller.call("DELETE", "users/\(caller.emulator.userID(0))")
        },
        DocumentedError("ID_ALREADY_DELETED", 400, record: true) { caller in
            let gone = try #require(try await caller.get("users?type=DeletedUsers").ids.first)
            return try await caller.call("DELETE", "users/\(gone)")
        },
        DocumentedError("INACTIVE_USER", 403) { caller in
            await caller.emulator.setCallerInactive(true)
            return try await caller.get("users")
        },
    ]
}

@Suite struct DocumentedErrorTests {
    @Test func `the table has the fourteen errors of the documents`() {
        #expect(Set(DocumentedError.all.map(\.code)).count == 14)
    }

    @Test(arguments: DocumentedError.all)
    func `every documented error comes with its status, code and envelope`(error: DocumentedError) async throws {
        try await withEmulator { emulator in
            var caller = try await LoggedIn.to(emulator)
            caller.version = error.version
            let reply = try await error.provoke(caller)
            #expect(reply.status == error.status)
            #expect(reply.headers["content-type"]?.hasPrefix("application/json") == true)
            let result = try #require(error.isRecord ? reply.users.first : reply.json)
            #expect(result["code"] as? String == error.code)
            #expect(result["status"] as? String == "error")
            #expect((result["message"] as? String)?.isEmpty == false)
            #expect(result["details"] is JSON)
        }
    }

    @Test(arguments: [("GET", "users/1"), ("PUT", "users/1"), ("DELETE", "users/1")])
    func `a wrong id is a 200 in v2 and a 400 at the top in v8`(method: String, path: String) async throws {
        try await withEmulator { emulator in
            var caller = try await LoggedIn.to(emulator)
            let change = try method == "PUT" ? body(["city": "Pune"]) : ""
            let new = try await caller.call(method, path, body: change)
            #expect(new.status == 400)
            #expect(new.json["code"] as? String == "INVALID_DATA")
            #expect((new.json["details"] as? JSON)?["resource_path_index"] as? Int == 1)
            caller.version = "v2"
            let old = try await caller.call(method, path, body: change)
            #expect(old.status == 200)
            #expect(old.users.first?["code"] as? String == "INVALID_DATA")
        }
    }
}

@Suite struct GatewayTests {
    @Test func `no header, a dead token and another server's token are told apart from a missing scope`() async throws {
        try await withEmulator { emulator in
            let place = emulator.announcement.api + "/crm/v8/users"
            let none = try await send("GET", place)
            #expect(none.status == 401)
            #expect(none.code == "AUTHENTICATION_FAILURE")
            let wrong = try await send("GET", place, headers: ["Authorization": "Zoho-oauthtoken 1000.x.y"])
            #expect(wrong.status == 401)
            #expect(wrong.code == "INVALID_TOKEN")
            #expect(wrong.json["message"] as? String == "invalid oauth token")
        }
    }

    @Test func `a token is good for an hour`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            emulator.clock.advance(by: .seconds(3599))
            #expect(try await caller.get("users").status == 200)
            emulator.clock.advance(by: .seconds(2))
            let late = try await caller.get("users")
            #expect(late.status == 401)
            #expect(late.code == "INVALID_TOKEN")
        }
    }

    @Test(arguments: ["v1", "v99", "v0"])
    func `a version that does not exist names one that does`(version: String) async throws {
        try await withEmulator { emulator in
            let reply = try await LoggedIn.to(emulator).get("/crm/\(version)/users")
            #expect(reply.status == 400)
            #expect(reply.code == "API_NOT_SUPPORTED")
            #expect(
                (reply.json["details"] as? JSON)?["supported_version"] as? String == (version == "v99" ? "v8" : "v2"))
        }
    }

    @Test(arguments: ["v2", "v2.1", "v3", "v4", "v5", "v6", "v7", "v8"])
    func `every version of the switcher lists users`(version: String) async throws {
        try await withEmulator { emulator in
            let reply = try await LoggedIn.to(emulator).get("/crm/\(version)/users?per_page=1")
            #expect(reply.status == 200)
            #expect(reply.users.count == 1)
        }
    }

    @Test(arguments: [
        ("zohocrm.USERS.read", "users", 200), ("ZohoCRM.users.ALL", "users/actions/count", 200),
        ("ZohoCRM.org.ALL", "users", 401), ("ZohoCRM.users.ALL", "org", 401), ("ZohoCRM.org.READ", "org", 200),
        ("ZohoCRM.settings.ALL", "settings/roles", 200), ("ZohoCRM.settings.READ", "settings/profiles", 200),
        ("ZohoCRM.settings.roles.READ", "settings/profiles", 401), ("ZohoCRM.scope.ALL", "users", 200),
        ("ZohoCRM.settings.roles.ALL", "settings/roles", 200), ("ZohoCRM.users.UPDATE", "users", 401),
    ])
    func `a scope opens what it covers and nothing else`(scope: String, path: String, status: Int) async throws {
        try await withEmulator { emulator in
            let reply = try await LoggedIn.to(emulator, scopes: [scope]).get(path)
            #expect(reply.status == status)
        }
    }

    @Test func `bearer is accepted beside Zoho's own word`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let reply = try await caller.get("users", headers: ["Authorization": "Bearer \(caller.access)"])
            #expect(reply.status == 200)
        }
    }

    @Test func `a profile without API access is refused by name`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            await emulator.setMissingPermissions(["Crm_Implied_Api_Access"])
            let reply = try await caller.get("org")
            #expect(reply.status == 403)
            #expect((reply.json["details"] as? JSON)?["permissions"] as? [String] == ["Crm_Implied_Api_Access"])
        }
    }
}
