import Glibc
import Synchronization
import Testing
import ZohoEmulator
import ZoshKit
import ZoshTrust

@testable import ZohoClient

@Suite struct `The transport` {
    private static let user = #"{"users":[{"id":"1","full_name":"Ada"}],"info":{"more_records":false}}"#
    private static let throttled = #"{"code":"TOO_MANY_REQUESTS","details":{},"message":"too many","status":"error"}"#

    @Test(arguments: [301, 302, 303, 307, 308])
    func `refuses a redirect and carries no token to where it leads`(status: Int) async throws {
        let thief = try LoopbackServer(LoopbackServer.reply(200, Self.user))
        let location = "Location: \(thief.origin)/crm/v8/users?leak=1"
        let scripted = Scripted(try LoopbackServer(LoopbackServer.reply(status, "", [location])))
        let error = await zoshError { _ = try await scripted.service.currentUser() }
        #expect(error?.kind == .network)
        #expect(
            error?.problem.contains("redirects to \(thief.origin) (HTTP \(status))") == true, "\(error?.problem ?? "")")
        #expect(thief.requests.isEmpty)
        await scripted.close()
        thief.close()
    }

    @Test func `sends Zoho's header, no cookie, and keeps none`() async throws {
        let reply = LoopbackServer.reply(
            200, Self.user, ["Content-Type: application/json", "Set-Cookie: JSESSIONID=1; Path=/"])
        let scripted = Scripted(try LoopbackServer(reply))
        for _ in 0..<2 { _ = try await scripted.service.currentUser() }
        for request in scripted.server.requests {
            #expect(request.lowercased().contains("authorization: zoho-oauthtoken \(Grant.exampleToken)\r\n"))
            #expect(!request.lowercased().contains("cookie"))
            #expect(request.hasPrefix("GET /crm/v8/users?type=CurrentUser&page=1&per_page=1 HTTP/1.1\r\n"))
        }
        await scripted.close()
    }

    @Test(arguments: [500, 502, 503, 504])
    func `reads again after a passing failure`(status: Int) async throws {
        let failure = LoopbackServer.reply(status, "<html><title>sorry</title></html>", ["Content-Type: text/html"])
        let scripted = Scripted(try LoopbackServer(failure, "", failure, LoopbackServer.reply(200, Self.user)))
        #expect(try await scripted.service.currentUser().string("full_name") == "Ada")
        #expect(scripted.clock.slept == [.milliseconds(100), .milliseconds(200), .milliseconds(400)])
        await scripted.close()
    }

    @Test func `reads again after half a reply and after a page in the place of data`() async throws {
        let scripted = Scripted(
            try LoopbackServer(
                LoopbackServer.reply(200, #"{"users":[{"i"#), "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{",
                LoopbackServer.reply(200, "<html>maintenance</html>"), LoopbackServer.reply(200, Self.user)))
        #expect(try await scripted.service.currentUser().string("full_name") == "Ada")
        await scripted.close()
    }

    @Test func `does not read again what was refused`() async throws {
        let scripted = Scripted(try LoopbackServer(LoopbackServer.reply(404, "<html>nothing here</html>")))
        #expect(await zoshError { _ = try await scripted.service.currentUser() }?.kind == .network)
        #expect(scripted.server.requests.count == 1)
        await scripted.close()
    }

    @Test func `gives up reading after thirteen failures, and says what the last one was`() async throws {
        let scripted = Scripted(
            try LoopbackServer(LoopbackServer.reply(503, "<title>Down</title>", ["Content-Type: text/html"])))
        let error = await zoshError { _ = try await scripted.service.currentUser() }
        #expect(error?.kind == .network)
        #expect(error?.problem.hasSuffix("(HTTP 503): Down") == true)
        #expect(scripted.server.requests.count == 13)
        #expect(scripted.clock.slept.last == .milliseconds(800))
        await scripted.close()
    }

    @Test func `waits when Zoho asks it to, as long as Zoho asks, and no more than a few times`() async throws {
        let asked = #"{"code":"TOO_MANY_REQUESTS","details":{"retry_after":60},"message":"too many","status":"error"}"#
        let scripted = Scripted(
            try LoopbackServer(
                LoopbackServer.reply(429, Self.throttled, ["Retry-After: 7"]), LoopbackServer.reply(429, asked),
                LoopbackServer.reply(429, Self.throttled)))
        let error = await zoshError { _ = try await scripted.service.currentUser() }
        #expect(error?.kind == .rateLimited)
        #expect(error?.code == "TOO_MANY_REQUESTS")
        #expect(scripted.clock.slept == [7, 60, 4, 8, 8, 8].map { .seconds($0) })
        await scripted.close()
    }

    @Test func `says that no server is there`() async throws {
        let server = try LoopbackServer("")
        let scripted = Scripted(server)
        server.close()
        let error = await zoshError { _ = try await scripted.service.currentUser() }
        #expect(error?.problem == "cannot reach 127.0.0.1 (acme): connection refused")
        #expect(scripted.clock.slept.count == 3)
        #expect(error?.kind == .network)
        await scripted.close()
    }

    @Test func `opens again after it was shut down`() async throws {
        let scripted = Scripted(try LoopbackServer(LoopbackServer.reply(200, Self.user)))
        _ = try await scripted.service.currentUser()
        await scripted.transport.shutdown()
        await scripted.transport.shutdown()
        _ = try await scripted.service.currentUser()
        await scripted.close()
    }

    @Test func `stops at once when the line is cancelled`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let gate = stage.emulator.hold(.listUsers)
            let line = Task { await zoshError { _ = try await stage.service.list(.users, .users()).collect() } }
            await gate.arrivals()
            line.cancel()
            #expect(await line.value?.kind == .cancelled)
            gate.release()
        }
    }

    /// Replies that leave a write's fate open: each is sent once and never repeated.
    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"users\"",
        LoopbackServer.reply(500, #"{"code":"INTERNAL_ERROR","details":{},"message":"oops","status":"error"}"#),
        LoopbackServer.reply(502, "<html><title>Bad Gateway</title></html>", ["Content-Type: text/html"]),
        LoopbackServer.reply(200, #"{"users":[{"co"#), LoopbackServer.reply(200, "{}"), LoopbackServer.reply(204, ""),
    ])
    func `never repeats a write whose fate is unknown`(answer: String) async throws {
        let scripted = Scripted(try LoopbackServer(answer))
        for write in [
            await scripted.writer.update(id: "1", fields: ["city": "Pune"]), await scripted.writer.delete(id: "1"),
            await scripted.writer.create(["last_name": "Ada"]),
        ] {
            guard case .uncertain = write else {
                Issue.record("\(write)")
                continue
            }
        }
        #expect(scripted.server.requests.count == 3)
        #expect(scripted.clock.slept.isEmpty)
        await scripted.close()
    }

    @Test func `knows that a write which never left changed nothing`() async throws {
        let server = try LoopbackServer("")
        let scripted = Scripted(server)
        server.close()
        guard case .failed(let error) = await scripted.writer.delete(id: "1") else {
            Issue.record("not failed")
            return
        }
        #expect(error.kind == .network)
        await scripted.close()
    }

    /// A throttle in its shapes: JSON of the API, the older one, a gateway's page, the code under another status.
    static let throttles: [(reply: String, pause: Int)] = [
        (LoopbackServer.reply(429, throttled), 1), (LoopbackServer.reply(429, throttled, ["Retry-After: 7"]), 7),
        (LoopbackServer.reply(429, #"{"code":429,"error":"TOO_MANY_REQUESTS"}"#), 1),
        (LoopbackServer.reply(429, "<html><title>Slow down</title></html>", ["Content-Type: text/html"]), 1),
        (LoopbackServer.reply(429, "<html></html>", ["Content-Type: text/html", "Retry-After: 120"]), 120),
        (LoopbackServer.reply(429, ""), 1), (LoopbackServer.reply(200, throttled), 1),
        (
            LoopbackServer.reply(
                429, "", ["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:49:57 GMT"]), 20
        ),
    ]

    @Test(arguments: throttles.indices)
    func `waits out a throttle in any shape, reading and writing`(shape: Int) async throws {
        let (reply, pause) = Self.throttles[shape]
        let done = LoopbackServer.reply(
            200, #"{"users":[{"code":"SUCCESS","details":{"id":"1"},"message":"done","status":"success"}]}"#)
        let scripted = Scripted(
            try LoopbackServer(reply, LoopbackServer.reply(200, Self.user), reply, done, reply, done, reply, done))
        #expect(try await scripted.service.currentUser().string("full_name") == "Ada")
        for result in [
            await scripted.writer.delete(id: "1"), await scripted.writer.update(id: "1", fields: ["city": "Pune"]),
            await scripted.writer.create(["last_name": "Ada"]),
        ] { #expect(result == .done(id: "1", message: "done")) }
        #expect(scripted.clock.slept == Array(repeating: .seconds(pause), count: 4))
        await scripted.close()
    }

    @Test(arguments: ["Retry-After: 601", "Retry-After: 9223372036854775807", "Retry-After: 99999999999999999999"])
    func `does not wait for hours, and says for how long Zoho would have it wait`(header: String) async throws {
        let scripted = Scripted(try LoopbackServer(LoopbackServer.reply(429, "<html></html>", [header])))
        let error = await zoshError { _ = try await scripted.service.currentUser() }
        #expect(error?.problem.hasPrefix("Zoho is rate-limiting us for another ") == true, "\(error?.problem ?? "")")
        guard case .failed(let refusal) = await scripted.writer.delete(id: "1") else {
            Issue.record("not failed")
            return
        }
        #expect(refusal.kind == .rateLimited)
        #expect(scripted.clock.slept.isEmpty)
        await scripted.close()
    }

    @Test func `gives up a write that is throttled again and again: nothing has happened`() async throws {
        let scripted = Scripted(try LoopbackServer(LoopbackServer.reply(429, Self.throttled)))
        guard case .failed(let error) = await scripted.writer.delete(id: "1") else {
            Issue.record("not failed")
            return
        }
        #expect(error.kind == .rateLimited)
        #expect(scripted.server.requests.count == 1 + RetryPolicy.throttles)
        await scripted.close()
    }

    /// Gateways that stopped waiting: the write may have taken effect.
    @Test(arguments: [
        LoopbackServer.reply(408, "<html><title>Request Timeout</title></html>", ["Content-Type: text/html"]),
        LoopbackServer.reply(408, #"{"code":"REQUEST_TIMEOUT","details":{},"message":"late","status":"error"}"#),
        LoopbackServer.reply(408, ""), LoopbackServer.reply(499, "<html></html>"), LoopbackServer.reply(460, "gone"),
        LoopbackServer.reply(524, "<html><title>A timeout occurred</title></html>"),
    ])
    func `does not take a gateway's timeout for a refusal, and reads again after one`(reply: String) async throws {
        let scripted = Scripted(try LoopbackServer(reply, reply, reply, reply, LoopbackServer.reply(200, Self.user)))
        for write in [
            await scripted.writer.update(id: "1", fields: ["city": "Pune"]), await scripted.writer.delete(id: "1"),
            await scripted.writer.create(["last_name": "Ada"]),
        ] {
            guard case .uncertain = write else {
                Issue.record("\(write)")
                continue
            }
        }
        #expect(scripted.server.requests.count == 3)
        #expect(try await scripted.service.currentUser().string("full_name") == "Ada")
        await scripted.close()
    }

    @Test(arguments: [400, 401, 403, 404, 405, 413, 431])
    func `takes a gateway's other pages for the refusals they are`(status: Int) async throws {
        let scripted = Scripted(try LoopbackServer(LoopbackServer.reply(status, "<html></html>")))
        guard case .refused = await scripted.writer.delete(id: "1") else {
            Issue.record("not refused")
            return
        }
        await scripted.close()
    }

    @Test func `takes an empty body for half a reply`() async throws {
        let scripted = Scripted(
            try LoopbackServer(
                LoopbackServer.reply(200, ""), LoopbackServer.reply(200, " \n"), LoopbackServer.reply(200, Self.user)))
        #expect(try await scripted.service.currentUser().string("full_name") == "Ada")
        await scripted.close()
        let empty = Scripted(try LoopbackServer(LoopbackServer.reply(200, "")))
        let error = await zoshError { _ = try await empty.service.get("users", query: [], version: nil) }
        #expect(error?.problem == "127.0.0.1 answered HTTP 200 with an empty body")
        await empty.close()
    }

    @Test func `traces every request, and no secret in any`() async throws {
        let lines = Mutex<[TraceLine]>([])
        try await Stage.with(trace: { line in lines.withLock { $0.append(line) } }) { (stage: Stage) async throws in
            stage.clock.advance(4000)
            let token = "1000.0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef"
            _ = try? await stage.service.get("users", query: [(name: "oops", value: token)], version: nil)
            _ = try await SignOut(transport: stage.transport, clock: stage.clock).revoke(stage.grant)
            await stage.emulator.stop()
            _ = try? await stage.service.currentUser()
            let text = lines.withLock { $0.map(\.text).joined(separator: "\n") }
            let secrets = [
                stage.grant.clientSecret.revealed(), stage.grant.accessToken?.revealed(),
                stage.grant.refreshToken?.revealed(),
                await stage.tokens.current.accessToken?.revealed(), token,
                token.split(separator: ".").last.map(String.init),
            ]
            for secret in secrets.compactMap(\.self) { #expect(!text.contains(secret)) }
            #expect(text.contains("POST \(stage.emulator.announcement.accounts)/oauth/v2/token → 200 (0 ms)"))
            #expect(text.contains("/crm/v8/users?oops=‹redacted› → 200"))
            #expect(text.contains("→ connection refused"))
        }
    }

    @Test func `shows the credits left when Zoho names them`() async throws {
        let lines = Mutex<[TraceLine]>([])
        let server = try LoopbackServer(LoopbackServer.reply(200, Self.user, ["X-API-CREDITS-REMAINING: 1234"]))
        let scripted = Scripted(server, trace: { line in lines.withLock { $0.append(line) } })
        _ = try await scripted.service.currentUser()
        #expect(lines.withLock { $0.last?.text.hasSuffix("→ 200 (0 ms, 1234 credits left)") } == true)
        await scripted.close()
    }

    /// What libcurl says, what is made of it, and whether the request may have left.
    @Test(
        arguments: [
            (TransferFailure(.noSuchHost), "its name cannot be looked up", false),
            (TransferFailure(.notConnected, systemError: ENETUNREACH), "the network is unreachable", false),
            (TransferFailure(.broken, mayHaveLeft: true), "the connection was closed", true),
            (TransferFailure(.broken, mayHaveLeft: true, systemError: ECONNRESET), "the connection was reset", true),
            (TransferFailure(.timedOut), "no connection in time", false),
            (TransferFailure(.noHandshake, verdict: 66), "its certificate is too weak", false),
            (TransferFailure(.noHandshake), "the connection was closed during the TLS handshake", false),
            (TransferFailure(.noHandshake, tlsError: 0xA00_010B), "it does not speak TLS at this port", false),
            (TransferFailure(.noAuthorities), "this machine has no authorities to check certificates with", false),
            (TransferFailure(.other("Too large header"), mayHaveLeft: true), "too large header", true),
            // It left on a connection that was kept open, and libcurl tried another one.
            (
                TransferFailure(.notConnected, mayHaveLeft: true, systemError: ECONNREFUSED),
                "the connection was closed, and a new one failed: connection refused", true
            ),
            (
                TransferFailure(.proxyRefused(503), mayHaveLeft: true),
                "the connection was closed, and a new one failed: a proxy refuses to connect to this host", true
            ),
            (
                TransferFailure(.noHandshake, mayHaveLeft: true, verdict: 10),
                "the connection was closed, and a new one failed: its certificate has expired", true
            ),
        ])
    func `names the cause in its own words, not in those of a library`(
        failure: TransferFailure, cause: String, mayHaveLeft: Bool
    ) {
        let told = TransportFailure(failure, host: "a.invalid", through: nil)
        #expect(told.reason == cause)
        #expect((told.stage == .afterSending) == mayHaveLeft)
    }
}
