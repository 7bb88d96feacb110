import Testing
import ZohoEmulator

@Suite struct DeviceTests {
    private func post(_ emulator: Emulator, _ centre: Int, _ path: String, _ form: String) async throws -> WireReply {
        let place = emulator.announcement
        return try await send(
            "POST", place.data_centres[centre].accounts + path,
            headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: form + "&client_id=\(place.client_id)&client_secret=\(place.client_secret)")
    }

    private func begin(_ emulator: Emulator) async throws -> (device: String, user: String) {
        let reply = try await post(
            emulator, 0, "/oauth/v3/device/code",
            "grant_type=device_request&scope=ZohoCRM.users.READ&access_type=offline&prompt=consent")
        #expect(reply.json["expires_in"] as? Int == 300)
        #expect((reply.json["verification_url"] as? String)?.hasPrefix("http") == true)
        return (try #require(reply.json["device_code"] as? String), try #require(reply.json["user_code"] as? String))
    }

    private func poll(_ emulator: Emulator, _ code: String, at centre: Int = 0) async throws -> JSON {
        try await post(emulator, centre, "/oauth/v3/device/token", "grant_type=device_token&code=\(code)").json
    }

    @Test func `a device waits, is told to slow down, and is let in`() async throws {
        try await withEmulator { emulator in
            let codes = try await begin(emulator)
            #expect(try await poll(emulator, codes.device)["error"] as? String == "authorization_pending")
            #expect(try await poll(emulator, codes.device)["error"] as? String == "slow_down")
            emulator.clock.advance(by: .seconds(31))
            #expect(try await poll(emulator, codes.device)["error"] as? String == "authorization_pending")
            let typed = try await post(emulator, 0, "/oauth/v3/device", "code=\(codes.user)&decision=accept")
            #expect(typed.status == 200)
            let reply = try await poll(emulator, codes.device)
            #expect(reply["access_token"] is String && reply["refresh_token"] is String)
            #expect(reply["api_domain"] as? String == emulator.announcement.api)
            #expect(try await poll(emulator, codes.device)["error"] as? String == "invalid_code")
        }
    }

    @Test func `refusal and expiry have their own errors`() async throws {
        try await withEmulator { emulator in
            let refused = try await begin(emulator)
            #expect(await emulator.settleDevice(refused.user, allow: false))
            #expect(try await poll(emulator, refused.device)["error"] as? String == "access_denied")
            let late = try await begin(emulator)
            emulator.clock.advance(by: .seconds(301))
            #expect(try await poll(emulator, late.device)["error"] as? String == "expired")
            #expect(await emulator.settleDevice(late.user, allow: true) == false)
        }
    }

    @Test func `an account elsewhere is named and polling goes on there`() async throws {
        let set = configuration {
            $0.dataCentres = ["us", "eu"]
            $0.accountDataCentre = "eu"
        }
        try await withEmulator(set) { emulator in
            let codes = try await begin(emulator)
            #expect(await emulator.settleDevice(codes.user, allow: true))
            let elsewhere = try await poll(emulator, codes.device)
            #expect(elsewhere["error"] as? String == "other_dc")
            #expect(elsewhere["user_location"] as? String == "eu")
            let reply = try await poll(emulator, codes.device, at: 1)
            #expect(reply["api_domain"] as? String == emulator.announcement.data_centres[1].api)
        }
    }
}
