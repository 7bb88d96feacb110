import Foundation
import Testing
import ZohoEmulator

@Suite struct TokenTests {
    @Test func `a code becomes tokens once, with the API of its data centre`() async throws {
        try await withEmulator { emulator in
            let form = "grant_type=authorization_code&code=\(emulator.announcement.grant_code)"
            let reply = try await token(emulator, form)
            #expect(reply.status == 200)
            #expect(reply.json["api_domain"] as? String == emulator.announcement.api)
            #expect(reply.json["token_type"] as? String == "Bearer")
            #expect(reply.json["expires_in"] as? Int == 3600)
            #expect(reply.json["refresh_token"] is String)
            let again = try await token(emulator, form)
            #expect(again.status == 200)
            #expect(again.json["error"] as? String == "invalid_code")
        }
    }

    @Test func `a refresh gives a new access token and no new refresh token`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let reply = try await token(emulator, "grant_type=refresh_token&refresh_token=\(caller.refresh)")
            #expect(reply.json["access_token"] is String)
            #expect(reply.json["access_token"] as? String != caller.access)
            #expect(reply.json["refresh_token"] == nil)
            #expect(await emulator.tokenRefreshes == 1)
        }
    }

    @Test(arguments: [
        ("client_id=1000.WRONG&client_secret=S", "invalid_client"),
        ("client_id=ID&client_secret=wrong", "invalid_client_secret"),
        ("client_id=ID", "invalid_client_secret"), ("client_secret=S", "invalid_client"),
        ("client_id=ID&client_secret=S&grant_type=wrong", "invalid_client"),
        ("client_id=ID&client_secret=S&grant_type=authorization_code", "invalid_code"),
        ("client_id=ID&client_secret=S&grant_type=refresh_token&refresh_token=1000.a.b", "invalid_code"),
    ])
    func `errors come with HTTP 200`(form: String, error: String) async throws {
        try await withEmulator { emulator in
            let place = emulator.announcement
            var form = form.replacing("=ID", with: "=" + place.client_id).replacing(
                "=S", with: "=" + place.client_secret)
            if !form.contains("grant_type") { form += "&grant_type=authorization_code&code=\(place.grant_code)" }
            let reply = try await send(
                "POST", place.accounts + "/oauth/v2/token",
                headers: ["Content-Type": "application/x-www-form-urlencoded"], body: form)
            #expect(reply.status == 200)
            #expect(reply.json["error"] as? String == error)
        }
    }

    @Test func `a GET or a missing grant type is a 400`() async throws {
        try await withEmulator { emulator in
            let url = emulator.announcement.accounts + "/oauth/v2/token"
            for method in ["GET", "POST"] {
                let reply = try await send(method, url)
                #expect(reply.status == 400)
            }
        }
    }

    @Test func `query, form, multipart and a Basic header are all understood`() async throws {
        try await withEmulator { emulator in
            let place = emulator.announcement
            let url = place.accounts + "/oauth/v2/token"
            let pair = "client_id=\(place.client_id)&client_secret=\(place.client_secret)"
            func grant() async -> String { await emulator.issueGrantCode() }
            let query = try await send("POST", url + "?grant_type=authorization_code&code=\(grant())&\(pair)")
            #expect(query.json["access_token"] is String)
            let parts = await [
                "grant_type": "authorization_code", "code": grant(), "client_id": place.client_id,
                "client_secret": place.client_secret,
            ]
            let multipart =
                parts.map { "--XX\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\($1)\r\n" }.joined()
                + "--XX--\r\n"
            let form = try await send(
                "POST", url, headers: ["Content-Type": "multipart/form-data; boundary=XX"], body: multipart)
            #expect(form.json["access_token"] is String)
            let basic = Data("\(place.client_id):\(place.client_secret)".utf8).base64EncodedString()
            let header = try await send(
                "POST", url,
                headers: ["Authorization": "Basic \(basic)", "Content-Type": "application/x-www-form-urlencoded"],
                body: "grant_type=authorization_code&code=\(grant())")
            #expect(header.json["access_token"] is String)
        }
    }

    @Test func `the eleventh token in ten minutes is throttled, which is no bad credential`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let form = "grant_type=refresh_token&refresh_token=\(caller.refresh)"
            for _ in 0..<9 { #expect(try await token(emulator, form).json["access_token"] is String) }
            let refused = try await token(emulator, form)
            #expect(refused.status == 400)
            #expect(refused.json["error"] as? String == "Access Denied")
            #expect(refused.json["status"] as? String == "failure")
            emulator.clock.advance(by: .seconds(601))
            #expect(try await token(emulator, form).json["access_token"] is String)
        }
    }

    @Test func `the sixteenth live access token kills the first`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            for number in 1...15 {
                if number == 8 { emulator.clock.advance(by: .seconds(601)) }
                #expect(try await caller.get("users?per_page=1").status == 200, "before token \(number + 1)")
                let reply = try await token(emulator, "grant_type=refresh_token&refresh_token=\(caller.refresh)")
                try #require(reply.json["access_token"] is String)
            }
            #expect(try await caller.get("users?per_page=1").code == "INVALID_TOKEN")
        }
    }

    @Test func `the twenty-first refresh token silently kills the first`() async throws {
        try await withEmulator { emulator in
            let first = try await LoggedIn.to(emulator)
            for _ in 0..<19 { _ = try await LoggedIn.to(emulator) }
            #expect(try await first.get("users?per_page=1").status == 200)
            _ = try await LoggedIn.to(emulator)
            #expect(try await first.get("users?per_page=1").code == "INVALID_TOKEN")
            let reply = try await token(emulator, "grant_type=refresh_token&refresh_token=\(first.refresh)")
            #expect(reply.json["error"] as? String == "invalid_code")
            #expect(await emulator.liveTokens.refresh == 20)
        }
    }

    @Test(arguments: [true, false])
    func `revoking a refresh token kills its access tokens, in both documented forms`(old: Bool) async throws {
        try await withEmulator { emulator in
            let place = emulator.announcement
            let caller = try await LoggedIn.to(emulator)
            func revoke(_ token: String) async throws -> WireReply {
                if old { return try await send("POST", place.accounts + "/oauth/v2/token/revoke?token=\(token)") }
                let basic = Data("\(place.client_id):\(place.client_secret)".utf8).base64EncodedString()
                return try await send(
                    "POST", place.accounts + "/oauth/v2/revoke/token",
                    headers: ["Authorization": "Basic \(basic)", "Content-Type": "application/x-www-form-urlencoded"],
                    body: "token=\(token)&token_type=refresh_token")
            }
            #expect(try await revoke(caller.refresh).status == 200)
            #expect(try await caller.get("users").code == "INVALID_TOKEN")
            #expect(try await revoke(caller.refresh).status == 400)
        }
    }

    @Test(arguments: ["/oauth/v2/token", "/oauth/v2/auth"])
    func `client credentials give an organisation's access without a refresh token`(path: String) async throws {
        try await withEmulator { emulator in
            let place = emulator.announcement
            let reply = try await send(
                "POST",
                place.accounts + path + "?grant_type=client_credentials&client_id=\(place.client_id)"
                    + "&client_secret=\(place.client_secret)&scope=ZohoCRM.users.READ&soid=ZohoCRM.\(emulator.zgid())")
            let access = try #require(reply.json["access_token"] as? String)
            #expect(reply.json["refresh_token"] == nil)
            let caller = LoggedIn(emulator: emulator, access: access, refresh: "")
            #expect(try await caller.get("users").status == 200)
            #expect(try await caller.get("org").code == "OAUTH_SCOPE_MISMATCH")
        }
    }
}

@Suite struct IdentityTests {
    @Test func `user info needs the profile scope and names the person, ZUID as a number`() async throws {
        try await withEmulator(configuration { $0.userInfoOrganisationKeys = ["ZGID", "company_name"] }) { emulator in
            let place = emulator.announcement.accounts + "/oauth/user/info"
            let caller = try await LoggedIn.to(emulator)
            let reply = try await send("GET", place, headers: ["Authorization": "Bearer \(caller.access)"])
            #expect(reply.status == 200)
            #expect(reply.json["ZUID"] is Int)
            #expect(reply.json["ZGID"] as? String == (await emulator.zgid()))
            #expect(reply.json["company_name"] as? String == "Zylker")
            let own = try await caller.get("users?type=CurrentUser").users.first
            #expect(reply.json["Email"] as? String == own?.text("email"))
            let narrow = try await LoggedIn.to(emulator, scopes: ["ZohoCRM.users.READ"])
            #expect(try await send("GET", place, headers: ["Authorization": "Bearer \(narrow.access)"]).status == 401)
        }
    }

    @Test func `serverinfo lists every data centre`() async throws {
        try await withEmulator(configuration { $0.dataCentres = ["us", "eu"] }) { emulator in
            let reply = try await send("GET", emulator.announcement.accounts + "/oauth/serverinfo")
            let locations = try #require(reply.json["locations"] as? [String: String])
            #expect(locations["eu"] == emulator.announcement.data_centres[1].accounts)
            #expect(reply.json["result"] as? String == "success")
        }
    }

    @Test func `several organisations are several grants of one person`() async throws {
        try await withEmulator(configuration { $0.orgs = 3 }) { emulator in
            #expect(emulator.announcement.grants.count == 3)
            var people: Set<String> = []
            var organisations: Set<String> = []
            for org in 0..<3 {
                let caller = try await LoggedIn.to(emulator, org: org)
                people.insert(try await caller.get("users?type=CurrentUser").users.first?.text("zuid") ?? "")
                organisations.insert((try await caller.get("org").json["org"] as? [JSON])?.first?.text("zgid") ?? "")
            }
            #expect(people.count == 1 && organisations.count == 3)
        }
    }
}
