import Testing
import ZohoEmulator

@Suite struct ConsentTests {
    static let redirect = "http://localhost:8080/api/auth_callback"

    private func query(_ emulator: Emulator, _ change: (inout [String: String]) -> Void = { _ in }) -> String {
        var parameters = [
            "client_id": emulator.announcement.client_id, "response_type": "code", "redirect_uri": Self.redirect,
            "scope": "ZohoCRM.users.ALL,ZohoCRM.org.READ", "access_type": "offline", "state": "s t&1",
        ]
        change(&parameters)
        return parameters.sorted { $0.key < $1.key }.map { "\($0)=\(encoded($1))" }.joined(separator: "&")
    }

    private func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "."
                ? String(scalar) : "%" + String(byte, radix: 16)
        }.joined()
    }

    /// Presses a button of the form and gives the parameters of the redirect.
    private func press(_ decision: String, _ emulator: Emulator, _ query: String) async throws -> [String: String] {
        let reply = try await send(
            "POST", emulator.announcement.accounts + "/oauth/v2/auth",
            headers: ["Content-Type": "application/x-www-form-urlencoded"], body: query + "&decision=\(decision)")
        #expect(reply.status == 302)
        let location = try #require(reply.headers["location"])
        #expect(location.hasPrefix(Self.redirect + "?"))
        var found: [String: String] = [:]
        for pair in location.split(separator: "?")[1].split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1)
            found[String(halves[0])] = halves.count > 1 ? String(halves[1]) : ""
        }
        return found
    }

    @Test func `the form asks, and Accept comes back with code, place and state`() async throws {
        try await withEmulator { emulator in
            let page = try await send("GET", emulator.announcement.accounts + "/oauth/v2/auth?" + query(emulator))
            #expect(page.status == 200)
            #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)
            #expect(page.body.contains("id=\"accept\"") && page.body.contains("id=\"reject\""))
            #expect(page.body.contains("ZohoCRM.org.READ"))
            let back = try await press("accept", emulator, query(emulator))
            #expect(back["location"] == "us")
            #expect(back["state"] == "s%20t%261")
            #expect(back["accounts-server"]?.hasPrefix("http%3A%2F%2F127.0.0.1") == true)
            let code = try #require(back["code"])
            let reply = try await token(
                emulator, "grant_type=authorization_code&code=\(code)&redirect_uri=\(Self.redirect)")
            #expect(reply.json["access_token"] is String)
            #expect(reply.json["refresh_token"] is String)
        }
    }

    @Test func `Reject comes back as access denied`() async throws {
        try await withEmulator { emulator in
            let back = try await press("reject", emulator, query(emulator))
            #expect(back == ["error": "access_denied", "state": "s%20t%261"])
        }
    }

    @Test(arguments: [
        ("client_id", "1000.NOBODY", "Invalid client"), ("response_type", "token", "Invalid response type"),
        ("scope", "ZohoCRM.users.FLY", "Invalid OAuth scope"), ("scope", "", "Invalid OAuth scope"),
        ("redirect_uri", "http://localhost:9/other", "Invalid Redirect Uri"),
        ("scope", "<script>.x.ALL", "&lt;script&gt;"),
    ])
    func `a mistake is shown in the browser and never redirected`(name: String, value: String, words: String)
        async throws
    {
        try await withEmulator { emulator in
            let page = try await send(
                "GET", emulator.announcement.accounts + "/oauth/v2/auth?" + query(emulator) { $0[name] = value })
            #expect(page.status == 400)
            #expect(page.headers["location"] == nil)
            #expect(page.body.contains(words) && !page.body.contains("<script>"))
        }
    }

    @Test func `a second consent gives no refresh token unless consent is asked for again`() async throws {
        try await withEmulator { emulator in
            func refresh(_ change: @Sendable (inout [String: String]) -> Void = { _ in }) async throws -> Bool {
                let code = try #require(try await press("accept", emulator, query(emulator, change))["code"])
                let reply = try await token(
                    emulator, "grant_type=authorization_code&code=\(code)&redirect_uri=\(Self.redirect)")
                return reply.json["refresh_token"] is String
            }
            let online = try await refresh { $0["access_type"] = "online" }
            let first = try await refresh()
            let second = try await refresh()
            let again = try await refresh { $0["prompt"] = "consent" }
            #expect([online, first, second, again] == [false, true, false, true])
        }
    }

    @Test func `a code needs its redirect URI, is good for two minutes, and ten are enough`() async throws {
        try await withEmulator { emulator in
            let code = try #require(try await press("accept", emulator, query(emulator))["code"])
            let form = "grant_type=authorization_code&code=\(code)"
            #expect(try await token(emulator, form).json["error"] as? String == "invalid_redirect_uri")
            emulator.clock.advance(by: .seconds(121))
            #expect(
                try await token(emulator, form + "&redirect_uri=\(Self.redirect)").json["error"] as? String
                    == "invalid_code")
            for _ in 0..<9 { #expect(try await press("accept", emulator, query(emulator))["code"] != nil) }
            #expect(try await press("accept", emulator, query(emulator))["error"] == "access_denied")
        }
    }

    @Test(arguments: [
        // The pair of RFC 7636, appendix B.
        ("S256", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", true),
        ("S256", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "wrong", false), ("plain", "abc", "abc", true),
        ("plain", "abc", "", false),
    ])
    func `a challenge must be met`(method: String, challenge: String, verifier: String, isMet: Bool) async throws {
        try await withEmulator { emulator in
            let asked = query(emulator) {
                $0["code_challenge"] = challenge
                $0["code_challenge_method"] = method
            }
            let code = try #require(try await press("accept", emulator, asked)["code"])
            let reply = try await token(
                emulator,
                "grant_type=authorization_code&code=\(code)&redirect_uri=\(Self.redirect)&code_verifier=\(verifier)")
            #expect((reply.json["access_token"] != nil) == isMet)
        }
    }

    @Test func `an account of another data centre is sent there, and the first knows neither code nor token`()
        async throws
    {
        let set = configuration {
            $0.dataCentres = ["us", "eu"]
            $0.accountDataCentre = "eu"
        }
        try await withEmulator(set) { emulator in
            let asked = query(emulator)
            let first = try await send("GET", emulator.announcement.accounts + "/oauth/v2/auth?" + asked)
            let europe = emulator.announcement.data_centres[1]
            #expect(first.status == 302)
            #expect(first.headers["location"]?.hasPrefix(europe.accounts + "/oauth/v2/auth?") == true)
            let reply = try await send(
                "POST", europe.accounts + "/oauth/v2/auth",
                headers: ["Content-Type": "application/x-www-form-urlencoded"], body: asked + "&decision=accept")
            let location = try #require(reply.headers["location"])
            #expect(location.contains("&location=eu&"))
            let code = try #require(
                location.split(separator: "?")[1].split(separator: "&")[0].split(separator: "=").last)
            let form = "grant_type=authorization_code&redirect_uri=\(Self.redirect)&code=\(code)"
            #expect(try await token(emulator, form).json["error"] as? String == "invalid_client")
            let place = emulator.announcement
            let right = try await send(
                "POST", europe.accounts + "/oauth/v2/token",
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: form + "&client_id=\(place.client_id)&client_secret=\(place.client_secret)")
            #expect(right.json["api_domain"] as? String == europe.api)
            let access = try #require(right.json["access_token"] as? String)
            let header = ["Authorization": "Zoho-oauthtoken \(access)"]
            #expect(try await send("GET", place.api + "/crm/v8/users", headers: header).code == "INVALID_TOKEN")
            #expect(try await send("GET", europe.api + "/crm/v8/users", headers: header).status == 200)
        }
    }

    @Test func `a data centre does not know another one's client`() async throws {
        try await withEmulator(configuration { $0.dataCentres = ["us", "eu"] }) { emulator in
            let europe = emulator.announcement.data_centres[1]
            let reply = try await send(
                "POST", emulator.announcement.accounts + "/oauth/v2/token",
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body:
                    "grant_type=authorization_code&code=\(europe.grant_code)"
                    + "&client_id=\(europe.client_id)&client_secret=\(europe.client_secret)"
            )
            #expect(reply.status == 200)
            #expect(reply.json["error"] as? String == "invalid_client")
        }
    }
}
