import Testing
import ZohoEmulator
import ZoshKit
import ZoshTrust

@testable import ZohoClient

/// A server that takes its time: one deadline holds for the whole exchange.
@Suite struct `A reply that does not end` {
    /// A connection whose exchanges may take a fifth of a second.
    private func with(
        _ faults: String, _ sent: Told = Told(),
        _ body: (HTTPZohoService, ResourceWriter, Emulator) async throws -> Void
    ) async throws {
        var configuration = EmulatorConfiguration()
        configuration.faults = faults
        let emulator = try await Emulator.start(configuration)
        let clock = ManualClock()
        let transport = HTTPTransport(clock: clock, deadline: .milliseconds(200)) { sent.note($0.method) }
        let patient = HTTPTransport(clock: clock, deadline: .seconds(3600), connecting: .seconds(110))
        let table = DataCentreTable(own: emulator.home)
        let retry = RetryPolicy(jitter: { 0 })
        let grant = try await SignIn(transport: patient, table: table, clock: clock, retry: retry).redeem(
            code: Secret(copying: emulator.announcement.grant_code), credentials: emulator.credentials,
            at: emulator.home)
        let tokens = TokenSource(
            grant, store: MemoryGrantStore([grant]),
            oauth: OAuthClient(transport: transport, table: table, clock: clock), clock: clock)
        emulator.forgetRequests()
        try await body(
            HTTPZohoService(tokens: tokens, transport: transport, clock: clock, retry: retry),
            ResourceWriter(tokens: tokens, transport: transport, clock: clock, retry: retry), emulator)
        await transport.shutdown()
        await patient.shutdown()
        await emulator.stop()
    }

    @Test(arguments: ["silence", "trickle=50", "trickle=3600000"])
    func `is given up when its time is over, and asked for once more only`(fault: String) async throws {
        let sent = Told()
        try await with("\(fault)@listRoles", sent) { service, _, _ in
            let error = await zoshError { _ = try await service.list(.roles).collect() }
            #expect(error?.kind == .network)
            #expect(
                error?.problem.hasPrefix("no answer from 127.0.0.1 (zylker): no complete reply in time") == true,
                "\(error?.problem ?? "")")
            #expect(sent.texts == ["GET", "GET"])
        }
    }

    @Test(arguments: ["silence", "trickle=50"])
    func `leaves a write's fate open, and is never asked for again`(fault: String) async throws {
        let sent = Told()
        try await with("\(fault)@updateUser", sent) { _, writer, emulator in
            let id = await emulator.userID(3)
            guard case .uncertain = await writer.update(id: id, fields: ["city": "Pune"]) else {
                Issue.record("not uncertain")
                return
            }
            #expect(sent.texts == ["PUT"])
        }
    }
}

@Suite struct `While Zoho is waited for` {
    @Test func `silence is told after a while, by host, and ends with any sign of life`() async throws {
        let clock = ManualClock()
        let waits = Waits(clock: clock)
        #expect(waits.current == nil)
        try await waits.request(to: "www.zohoapis.eu") {
            clock.advance(4)
            #expect(waits.current == nil)
            clock.advance(19)
            #expect(waits.current?.text == "no answer from www.zohoapis.eu for 23 s")
            try await waits.request(to: "www.zohoapis.eu") {}
            #expect(waits.current == nil)
            clock.advance(6)
            try await waits.request(to: "accounts.zoho.eu") {}
            #expect(waits.current?.text == "no answer from www.zohoapis.eu for 6 s")
        }
        #expect(waits.current == nil)
    }

    @Test func `a log is told of a silence after half a minute and each minute, whatever the number of requests`()
        async throws
    {
        let clock = ManualClock()
        let waits = Waits(clock: clock) {
            await Task.yield()
            clock.advance(5)
        }
        let told = Told()
        waits.announceSilence { told.note($0.text) }
        try await waits.request(to: "www.zohoapis.eu") {
            try await waits.request(to: "www.zohoapis.eu") {
                while told.texts.count < 3 { await Task.yield() }
            }
        }
        let seconds = [30, 90, 150]
        #expect(Array(told.texts.prefix(3)) == seconds.map { "no answer from www.zohoapis.eu for \($0) s" })
    }

    @Test func `a request that runs out of time and is tried again goes on with the same silence`() async throws {
        let clock = ManualClock()
        let waits = Waits(clock: clock)
        await #expect(throws: DeadlineExceeded.self) {
            try await waits.request(to: "www.zohoapis.eu") {
                clock.advance(60)
                throw DeadlineExceeded()
            }
        }
        #expect(waits.current == nil)
        clock.advance(1)
        try await waits.request(to: "www.zohoapis.eu") {
            #expect(waits.current?.text == "no answer from www.zohoapis.eu for 61 s")
        }
        // A reply, a broken connection, or a pause of somebody who types begins at nothing again.
        try await waits.request(to: "www.zohoapis.eu") { #expect(waits.current == nil) }
        await #expect(throws: DeadlineExceeded.self) {
            try await waits.request(to: "www.zohoapis.eu") { throw DeadlineExceeded() }
        }
        clock.advance(120)
        try await waits.request(to: "www.zohoapis.eu") { #expect(waits.current == nil) }
    }

    @Test func `a pause that Zoho asked for is told with its length, once, and only when it is noticed`() async throws {
        let clock = ManualClock()
        let waits = Waits(clock: clock)
        let told = Told()
        waits.announcePauses { told.note($0.text) }
        try await waits.pause(for: .seconds(8))
        try await waits.pause(for: .seconds(2))
        try await waits.pause(for: .milliseconds(7500))
        #expect(told.texts == ["Zoho is rate-limiting us; waiting 8 s", "Zoho is rate-limiting us; waiting 7 s"])
        #expect(waits.current == nil)
    }
}
