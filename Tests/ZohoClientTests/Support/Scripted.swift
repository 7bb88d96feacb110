import ZoshKit

@testable import ZohoClient

/// A connection whose API is a scripted server; its token is good until it says otherwise.
struct Scripted {
    let server: LoopbackServer
    let transport: HTTPTransport
    let clock = ManualClock()
    let service: HTTPZohoService
    let writer: ResourceWriter

    init(_ server: LoopbackServer, trace: TraceSink? = nil) {
        self.server = server
        // Under a sanitizer, beside every other test, a connection can take long to be noticed, and a reply as well.
        transport = HTTPTransport(
            clock: clock, deadline: .seconds(3600), connecting: .seconds(110), idle: 3600, trace: trace)
        let grant = Grant.example(clock: clock, api: server.origin)
        let table = DataCentreTable(own: DataCentre(code: "own", accounts: grant.accounts, api: server.origin))
        let oauth = OAuthClient(transport: transport, table: table, clock: clock)
        let tokens = TokenSource(grant, store: MemoryGrantStore([grant]), oauth: oauth, clock: clock)
        let retry = RetryPolicy(jitter: { 0 })
        service = HTTPZohoService(tokens: tokens, transport: transport, clock: clock, retry: retry)
        writer = ResourceWriter(tokens: tokens, transport: transport, clock: clock, retry: retry)
    }

    func close() async {
        await transport.shutdown()
        server.close()
    }
}
