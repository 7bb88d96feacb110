import Testing
import ZohoEmulator
import ZoshKit

@testable import ZohoClient

/// HTTP/2 over TLS, by nginx before the emulator.
@Suite(.enabled(if: NginxFront.path != nil, "nginx is not installed")) struct `A connection that can be shared` {
    /// A connection to the emulator by way of nginx.
    private func with(
        _ body: @escaping @Sendable (Stage, HTTPZohoService, ResourceWriter, NginxFront) async throws -> Void
    ) async throws {
        try await Stage.with(users: 3000) { (stage: Stage) async throws in
            let front = try await NginxFront(before: stage.grant.apiDomain)
            defer { front.close() }
            let network = NetworkSettings { $0 == "SSL_CERT_FILE" ? NginxFront.authority : nil }
            let transport = HTTPTransport(
                clock: stage.clock, network: network, deadline: .seconds(3600), connecting: .seconds(110))
            var grant = stage.grant
            grant.apiDomain = front.origin
            let tokens = TokenSource(
                grant, store: MemoryGrantStore([grant]), oauth: stage.oauth, clock: stage.clock)
            let retry = RetryPolicy(jitter: { 0 })
            try await body(
                stage, HTTPZohoService(tokens: tokens, transport: transport, clock: stage.clock, retry: retry),
                ResourceWriter(tokens: tokens, transport: transport, clock: stage.clock, retry: retry), front)
            await transport.shutdown()
        }
    }

    @Test func `brings the same rows, many pages at once on one connection`() async throws {
        try await with { stage, service, _, front in
            let expected = try await stage.service.list(.users, .users()).collect()
            let rows = try await service.list(.users, .users()).collect()
            #expect(ids(rows) == ids(expected))
            #expect(rows == expected)
            let reads = try front.requests()
            #expect(reads.count >= 15)
            #expect(Set(reads) == [["HTTP/2.0", "GET", reads[0][2]]])
        }
    }

    @Test func `is for reads: a write has one alone, so that no other one's end leaves its fate open`() async throws {
        try await with { stage, service, writer, front in
            _ = try await service.currentUser()
            let id = await stage.emulator.userID(3)
            guard case .done = await writer.update(id: id, fields: ["city": "Pune"]) else {
                Issue.record("not done")
                return
            }
            _ = try await writer.reread(ids: [id])
            let requests = try front.requests()
            #expect(
                requests.map { $0[..<2].joined(separator: " ") } == ["HTTP/2.0 GET", "HTTP/1.1 PUT", "HTTP/2.0 GET"])
            #expect(requests[0][2] == requests[2][2] && requests[0][2] != requests[1][2])
        }
    }
}
