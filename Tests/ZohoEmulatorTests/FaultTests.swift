import Testing
import ZohoEmulator

@Suite struct FaultTests {
    private func outcome(_ caller: LoggedIn, _ path: String = "users?per_page=1") async -> String {
        do {
            let reply = try await caller.get(path)
            return reply.isComplete ? String(reply.status) : "part"
        } catch {
            return "cut"
        }
    }

    @Test(arguments: [
        ("500", "500"), ("429", "429"), ("401", "401"), ("html", "502"), ("reset", "cut"), ("lost", "cut"),
        ("truncate", "part"), ("latency=1", "200"), ("latency=1..3", "200"), ("500@organisation", "200"),
        ("throttle", "200"),
        ("429=8", "429"), ("429html", "429"), ("429html=8", "429"), ("408", "408"), ("trickle=0", "200"),
        ("blank", "200"),
        ("204", "200"), ("204@listUsers", "200"), ("noscope", "200"),
    ])
    func `each fault does to a listing what it says`(faults: String, expected: String) async throws {
        try await withEmulator(configuration { $0.faults = faults == "throttle" ? "throttle:#2" : faults }) {
            emulator in
            let caller = try await LoggedIn.to(emulator)
            #expect(await outcome(caller) == expected)
        }
    }

    @Test func `the third and every second request are hit by number`() async throws {
        try await withEmulator(configuration { $0.faults = "500:#3,429:/2@listUsers" }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            var seen: [String] = []
            for _ in 0..<6 { seen.append(await outcome(caller)) }
            #expect(seen == ["200", "429", "500", "429", "200", "429"])
        }
    }

    @Test func `a share of all kinds hits the same requests for the same seed`() async throws {
        func run(_ seed: UInt64) async throws -> [String] {
            let set = configuration {
                $0.faults = "all:10%"
                $0.seed = seed
            }
            return try await withEmulator(set) { emulator in
                let caller = try await LoggedIn.to(emulator)
                var seen: [String] = []
                for _ in 0..<120 { seen.append(await outcome(caller)) }
                return seen
            }
        }
        let first = try await run(1)
        #expect(try await run(1) == first)
        #expect(try await run(2) != first)
        #expect(Set(first) == ["200", "500", "429", "401", "502", "cut", "part"])
        #expect(first.count { $0 == "200" } > 40)
    }

    @Test func `a lost reply has had its effect, a reset request has not`() async throws {
        try await withEmulator(configuration { $0.faults = "reset:#1@deleteUser,lost:#2@deleteUser" }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            let ids = try await caller.get("users?type=ActiveUsers").ids
            await #expect(throws: WireFailure.cut) { try await caller.call("DELETE", "users/\(ids[2])") }
            await #expect(throws: WireFailure.cut) { try await caller.call("DELETE", "users/\(ids[3])") }
            let left = try await caller.get("users?type=ActiveUsers").ids
            #expect(left.contains(ids[2]) && !left.contains(ids[3]))
        }
    }

    /// What is odd about the second page, and what its reply then holds.
    @Test(arguments: [
        ("repeat", [true, true]), ("empty", [true, true]), ("noinfo", [true, false]), ("nolist", [false, true]),
        ("blank", [false, false]),
        ("204", [false, false]), ("304", [false, false]),
    ])
    func `a page can be odd, and the caller's own record never is`(fault: String, holds: [Bool]) async throws {
        try await withEmulator(configuration { ($0.faults, $0.users) = ("\(fault):#2", 5) }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            #expect(try await caller.get("users?type=CurrentUser").ids.count == 1)
            let first = try await caller.get("users?page=1&per_page=2")
            let second = try await caller.get("users?page=2&per_page=2")
            #expect(second.status == Int(fault) ?? 200)
            #expect([second.json["users"] is [Any], second.json["info"] != nil] == holds)
            if fault == "repeat" { #expect(second.ids == first.ids) }
            if fault == "repeat" || fault == "empty" {
                #expect((second.json["info"] as? [String: Any])?["more_records"] as? Bool == true)
            }
            #expect(try await caller.get("users?page=2&per_page=2").ids.count == 2)
        }
    }

    @Test func `a throttle names its time when it is told to`() async throws {
        try await withEmulator(configuration { $0.faults = "429=8:#1@listUsers,429html=9:#2@listUsers" }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            #expect(try await caller.get("users").headers["retry-after"] == "8")
            let page = try await caller.get("users")
            #expect(page.headers["retry-after"] == "9")
            #expect(page.headers["content-type"]?.contains("html") == true)
        }
    }

    @Test func `a gateway's timeout hides an effect that took place`() async throws {
        try await withEmulator(configuration { $0.faults = "408:#1@deleteUser" }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            let id = try await caller.get("users?type=ActiveUsers").ids[2]
            #expect(try await caller.call("DELETE", "users/\(id)").status == 408)
            #expect(try await !caller.get("users?type=ActiveUsers").ids.contains(id))
        }
    }

    @Test func `the first token can be dead on arrival, and its scopes unnamed; the next one is fine`() async throws {
        try await withEmulator(configuration { $0.faults = "deadtoken:#1,noscope:#1" }) { emulator in
            let announced = emulator.announcement
            let first = try await token(emulator, "grant_type=authorization_code&code=\(announced.grant_code)")
            #expect(first.json["scope"] == nil)
            let refresh = try #require(first.json["refresh_token"] as? String)
            let second = try await token(emulator, "grant_type=refresh_token&refresh_token=\(refresh)")
            #expect(second.json["scope"] != nil)
            #expect(await emulator.liveTokens.access == 1)
        }
    }

    @Test func `the token endpoint can be throttled`() async throws {
        try await withEmulator(configuration { $0.faults = "throttle" }) { emulator in
            let reply = try await token(
                emulator, "grant_type=authorization_code&code=\(emulator.announcement.grant_code)")
            #expect(reply.status == 400)
            #expect(reply.json["error"] as? String == "Access Denied")
        }
    }

    @Test(arguments: [
        ("nonsense", "no fault `nonsense`"), ("500:often", "rate"), ("500:101%", "rate"), ("500:#0", "rate"),
        ("latency", "milliseconds"), ("latency=9..3", "milliseconds"), ("500@nowhere", "no place"),
        ("500=3", "no value"),
        ("skew=9223372036854775807", "a number"), ("skew=-9223372036854775808", "a number"),
        ("credits=9223372036854775807", "a number"),
        ("latency=0..9223372036854775807", "milliseconds"), ("429=soon", "seconds"), ("count=many", "a number"),
        ("repeat=3", "no value"),
        ("skew", "a number"), ("credits=0", "a number"), ("concurrency=many", "a number"),
    ])
    func `a specification that means nothing is refused with a sentence`(faults: String, fragment: String) async throws
    {
        await #expect {
            try await Emulator.start(configuration { $0.faults = faults })
        } throws: { error in
            (error as? EmulatorError)?.description.contains(fragment) == true
        }
    }
}

@Suite struct LimitTests {
    @Test func `limits and a skewed clock can be part of a specification`() async throws {
        try await withEmulator(configuration { $0.faults = "credits=1,concurrency=3,skew=-31536000" }) { emulator in
            let plain = EmulatedClock().secondsSince1970
            #expect(plain - emulator.clock.secondsSince1970 > 31_535_000)
            let caller = try await LoggedIn.to(emulator)
            #expect(try await caller.get("org").status == 200)
            #expect(try await caller.get("org").code == "TOO_MANY_REQUESTS")
        }
    }

    @Test func `credits of a day run out, are announced from half on, and come back`() async throws {
        try await withEmulator(configuration { $0.credits = 4 }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            var headers: [String?] = []
            for _ in 0..<4 { headers.append(try await caller.get("org").headers["x-api-credits-remaining"]) }
            #expect(headers == [nil, "2", "1", "0"])
            let refused = try await caller.get("org")
            #expect(refused.status == 429)
            #expect(refused.code == "TOO_MANY_REQUESTS")
            emulator.clock.advance(by: .seconds(86_401))
            let later = try await LoggedIn.to(emulator)
            #expect(try await later.get("org").status == 200)
        }
    }

    @Test func `more calls at once than the edition allows are refused`() async throws {
        try await withEmulator(configuration { $0.concurrency = 2 }) { emulator in
            let caller = try await LoggedIn.to(emulator)
            let gate = emulator.hold(.listRoles)
            async let first = caller.get("settings/roles")
            async let second = caller.get("settings/roles")
            await gate.arrivals(2)
            let third = try await caller.get("org")
            #expect(third.status == 429)
            gate.release()
            #expect(try await first.status == 200)
            #expect(try await second.status == 200)
            #expect(emulator.highestConcurrency == 3)
            #expect(try await caller.get("org").status == 200)
        }
    }
}
