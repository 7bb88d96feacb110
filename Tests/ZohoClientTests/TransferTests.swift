import Testing
import ZohoEmulator
import ZoshTesting

@testable import ZohoClient

/// What libcurl would do of itself, and what must not depend on it.
@Suite struct `A request` {
    private static func transport() -> HTTPTransport {
        // However slow the machine, nothing of it ends by itself.
        HTTPTransport(clock: ManualClock(), deadline: .seconds(3600), connecting: .seconds(110), idle: 3600)
    }

    private static let kept = "HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\n{}"

    /// libcurl sends what met a dead connection again, up to five times.
    @Test(arguments: [HTTPCall.Method.get, .post, .put, .patch, .delete])
    func `is sent once, also when the kept connection it was sent on ends without a word`(method: HTTPCall.Method)
        async throws
    {
        for body in [nil, [], Array("{\"city\":\"Pune\"}".utf8)] as [[UInt8]?] {
            let server = try LoopbackServer(Self.kept, "", keeping: true)
            let transport = Self.transport()
            _ = try await transport.send(HTTPCall(method: .get, origin: server.origin, target: "/first"))
            let call = HTTPCall(
                method: method, origin: server.origin, target: "/second", body: method == .get ? nil : body)
            let failure = await #expect(throws: TransportFailure.self) { try await transport.send(call) }
            #expect(failure?.stage == .afterSending)
            #expect(failure?.reason == "the connection was closed")
            #expect(server.requestConnections == [1, 1])
            await transport.shutdown()
            server.close()
        }
    }

    @Test func `says so when it has no body`() async throws {
        let server = try LoopbackServer(Self.kept)
        let transport = Self.transport()
        _ = try await transport.send(HTTPCall(method: .post, origin: server.origin, target: "/"))
        let request = try #require(server.requests.first).lowercased()
        #expect(request.contains("\r\ncontent-length: 0\r\n"))
        // Nothing of libcurl's own.
        for header in ["expect", "accept", "content-type"] { #expect(!request.contains("\r\n\(header):")) }
        await transport.shutdown()
        server.close()
    }

    @Test(arguments: [
        ("/ HTTP/1.1\r\nX: y", "a", "b"), ("/a b", "a", "b"), ("/a#b", "a", "b"), ("@evil.example/", "a", "b"),
        ("/ä", "a", "b"), ("/", "a", "b\r\nX: y"), ("/", "a", "b\nX: y"), ("/", "a\r\nX", "b"), ("/", "", "b"),
        ("/", "a: b", "c"), ("/", "a", "b\u{0}c"),
    ])
    func `that could end a line never leaves`(target: String, name: String, value: String) async throws {
        let server = try LoopbackServer(Self.kept)
        let transport = Self.transport()
        let call = HTTPCall(method: .get, origin: server.origin, target: target, headers: [(name, value)])
        let failure = await #expect(throws: TransportFailure.self) { try await transport.send(call) }
        #expect(failure?.stage == .beforeSending)
        #expect(server.connections == 0)
        await transport.shutdown()
        server.close()
    }

    @Test func `is given up when its reply is larger than any of Zoho's`() async throws {
        let size = HTTPTransport.largestReply + 1
        let head = Array("HTTP/1.1 200 X\r\nContent-Length: \(size)\r\n\r\n".utf8)
        let server = try LoopbackServer([head + [UInt8](repeating: 0x20, count: size)])
        let transport = Self.transport()
        let failure = await #expect(throws: TransportFailure.self) {
            try await transport.send(HTTPCall(method: .get, origin: server.origin, target: "/"))
        }
        #expect(failure?.stage == .oversized)
        await transport.shutdown()
        server.close()
    }

    /// A server that lets the handshake hang, one that stops in the head of its reply, one that stops in the body.
    @Test(arguments: ["https", "HTTP/1.1", "HTTP/1.1 200 X\r\nContent-Length: 900\r\n\r\n{"])
    func `ends at once when it is cancelled, wherever it is`(manner: String) async throws {
        let isSecure = manner == "https"
        let server = try LoopbackServer(manner, keeping: true)
        let origin = isSecure ? server.origin.replacing("http:", with: "https:") : server.origin
        let transport = Self.transport()
        let line = Task { try await transport.send(HTTPCall(method: .post, origin: origin, target: "/", body: [])) }
        try await Patience.wait { isSecure ? server.connections == 1 : server.requests.count == 1 }
        line.cancel()
        await #expect(throws: TransportFailure(stage: .cancelled, reason: "interrupted", host: "127.0.0.1")) {
            try await line.value
        }
        await transport.shutdown()
        server.close()
    }

    @Test func `that is cancelled before it begins never leaves`() async throws {
        let server = try LoopbackServer(Self.kept)
        let transport = Self.transport()
        let line = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await transport.send(HTTPCall(method: .get, origin: server.origin, target: "/"))
        }
        line.cancel()
        await #expect(throws: TransportFailure.self) { try await line.value }
        #expect(server.connections == 0)
        await transport.shutdown()
        server.close()
    }

    @Test func `waits for no other one: twenty-five are open at once`() async throws {
        try await Stage.with { (stage: Stage) async throws in
            let gate = stage.emulator.hold(.listUsers)
            let origin = stage.grant.apiDomain
            let transport = Self.transport()
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for page in 1...25 {
                    group.addTask {
                        let call = HTTPCall(method: .get, origin: origin, target: "/crm/v8/users?page=\(page)")
                        return try await transport.send(call).status
                    }
                }
                await gate.arrivals(25)
                gate.release()
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 401, count: 25))
            await transport.shutdown()
        }
    }
}
