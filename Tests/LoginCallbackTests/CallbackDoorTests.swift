import Testing
import ZoshTrust

@testable import LoginCallback

/// Requests as a browser, a hostile page or a neighbour on this machine would send them.
@Suite struct `The callback page` {
    private let state = Secret(copying: "right-state")

    private func door() throws -> CallbackHandler {
        CallbackHandler(try RedirectURI("http://localhost:8080/api/auth_callback"), expecting: state)
    }

    private func visit(_ target: String, host: String = "localhost:8080", method: String = "GET")
        -> CallbackHandler.Visit
    {
        CallbackHandler.Visit(method: method, target: target, host: host)
    }

    @Test func `takes one answer, and no second`() async throws {
        let door = try door()
        let first = door.receive(visit("/api/auth_callback?code=1000.a.b&location=eu&state=right-state&"))
        #expect(first.status == 200)
        door.deliver()
        let answer = try await door.answer()
        #expect(answer.code?.revealed() == "1000.a.b")
        #expect(answer.location == "eu")
        let again = door.receive(visit("/api/auth_callback?code=1000.c.d&state=right-state"))
        #expect(again.status == 409)
    }

    @Test("callback-wrong-state-continues")
    func wrongState() async throws {
        let door = try door()
        for query in [
            "", "?", "?code=x", "?code=x&state=", "?code=x&state=wrong", "?state=right-stat",
            "?error=access_denied&state=nope",
        ] {
            #expect(door.receive(visit("/api/auth_callback\(query)")).status == 400, "\(query)")
        }
        async let waiting = door.answer()
        #expect(door.receive(visit("/api/auth_callback?code=good&state=right-state")).status == 200)
        door.deliver()
        #expect(try await waiting.code?.revealed() == "good")
    }

    @Test(
        "callback-rebinding",
        arguments: [
            "evil.example:8080", "localhost", "localhost:80", "localhost:8080.evil.example", "127.0.0.1:8081", "",
            "[::2]:8080", "localhost:8080@evil",
        ])
    func rebinding(_ host: String) throws {
        let door = try door()
        let page = door.receive(visit("/api/auth_callback?code=good&state=right-state", host: host))
        #expect(page.status == 421)
        // The login goes on.
        #expect(
            door.receive(visit("/api/auth_callback?code=good&state=right-state", host: "127.0.0.1:8080")).status == 200)
    }

    @Test func `has one path and one method`() throws {
        let door = try door()
        let query = "?code=good&state=right-state"
        #expect(door.receive(visit("/" + query)).status == 404)
        #expect(door.receive(visit("/api/auth_callback/" + query)).status == 404)
        #expect(door.receive(visit("//api/auth_callback" + query)).status == 404)
        for method in ["POST", "HEAD", "OPTIONS", "PUT"] {
            #expect(door.receive(visit("/api/auth_callback" + query, method: method)).status == 405)
        }
        #expect(door.receive(visit("/api/auth_callback" + query)).status == 200)
    }

    @Test func `shows a refusal kindly and never what came in`() async throws {
        let door = try door()
        let page = door.receive(visit("/api/auth_callback?error=%3Cscript%3Ealert(1)%3C/script%3E&state=right-state"))
        #expect(page.status == 200)
        #expect(page.html.contains("not allowed"))
        #expect(!page.html.contains("script"))
        door.deliver()
        #expect(try await door.answer().code == nil)
    }

    @Test func `hands the answer over only when its page is out`() async throws {
        let door = try door()
        let waiting = Task { try await door.answer() }
        #expect(!door.hasAnswer)
        _ = door.receive(visit("/api/auth_callback?code=first&state=right-state"))
        #expect(door.hasAnswer)
        #expect(door.receive(visit("/api/auth_callback?code=second&state=right-state")).status == 409)
        door.deliver()
        door.deliver()
        #expect(try await waiting.value.code?.revealed() == "first")
    }

    @Test func `frees a waiting caller when it closes`() async throws {
        let door = try door()
        let waiting = Task { try await door.answer() }
        await Task.yield()
        door.close()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}
