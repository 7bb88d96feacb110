import Testing
import ZohoEmulator

@Suite struct ObservationTests {
    @Test func `requests are recorded without their secrets`() async throws {
        try await withEmulator { emulator in
            let place = emulator.announcement
            _ = try await send(
                "POST",
                place.accounts
                    + "/oauth/v2/token?grant_type=authorization_code"
                    + "&code=\(place.grant_code)&client_secret=\(place.client_secret)"
            )
            let record = try #require(emulator.recentRequests.last)
            #expect(record.route == .token && record.method == "POST" && record.path == "/oauth/v2/token")
            #expect(record.query.first { $0.name == "grant_type" }?.value == "authorization_code")
            let printed = "\(emulator.recentRequests)"
            #expect(!printed.contains(place.grant_code) && !printed.contains(place.client_secret))
        }
    }

    @Test func `a scripted reply is given once`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            emulator.script(418, "<html>", contentType: "text/html", for: .organisation)
            let reply = try await caller.get("org")
            #expect(reply.status == 418 && reply.body == "<html>" && reply.headers["content-type"] == "text/html")
            #expect(try await caller.get("org").status == 200)
        }
    }

    @Test func `a gate holds a reply until it is released`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let gate = emulator.hold(.listUsers)
            async let held = caller.get("users")
            await gate.arrivals()
            #expect(emulator.requestCount(.listUsers) == 0)
            gate.release()
            #expect(try await held.status == 200)
            #expect(try await caller.get("users").status == 200)
        }
    }

    @Test func `stopping cuts what is in flight and closes the port`() async throws {
        let emulator = try await Emulator.start()
        let caller = try await LoggedIn.to(emulator)
        let gate = emulator.hold(.listUsers)
        let held = Task { try await caller.get("users") }
        await gate.arrivals()
        await emulator.stop()
        await #expect(throws: WireFailure.cut) { try await held.value }
        await #expect(throws: WireFailure.refused) { try await caller.get("users") }
    }

    @Test func `a taken port is a sentence`() async throws {
        try await withEmulator { emulator in
            let port = try #require(Int(emulator.announcement.accounts.split(separator: ":").last ?? ""))
            await #expect {
                try await Emulator.start(configuration { $0.port = port })
            } throws: { error in
                (error as? EmulatorError)?.description.contains("127.0.0.1:\(port)") == true
            }
        }
    }

    @Test func `the Date header goes by the emulated clock`() async throws {
        try await withEmulator { emulator in
            let caller = try await LoggedIn.to(emulator)
            let before = try #require(try await caller.get("org").headers["date"])
            emulator.clock.advance(by: .seconds(-86_400 * 400))
            let after = try #require(try await caller.get("org").headers["date"])
            #expect(before.split(separator: " ")[3] != after.split(separator: " ")[3])
            #expect(after.hasSuffix(" GMT"))
        }
    }

    @Test func `unknown paths of an accounts server are an HTML page`() async throws {
        try await withEmulator { emulator in
            let reply = try await send("GET", emulator.announcement.accounts + "/somewhere")
            #expect(reply.status == 404)
            #expect(reply.headers["content-type"]?.hasPrefix("text/html") == true)
        }
    }
}
