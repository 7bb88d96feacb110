import Synchronization
import Testing
import ZohoEmulator
import ZoshKit
import ZoshTrust

@testable import ZohoClient

/// An emulator, a login at it, and everything the client is made of, for one test.
struct Stage: Sendable {
    let emulator: Emulator
    let transport: HTTPTransport
    let clock: ManualClock
    let store: MemoryGrantStore
    let grant: Grant
    let tokens: TokenSource
    let table: DataCentreTable
    let progress = ProgressMeter()

    var service: HTTPZohoService { service(.v8) }

    func service(_ version: APIVersion) -> HTTPZohoService {
        HTTPZohoService(
            tokens: tokens, transport: transport, version: version, progress: progress, clock: clock,
            retry: RetryPolicy(jitter: { 0 }))
    }

    var writer: ResourceWriter {
        ResourceWriter(tokens: tokens, transport: transport, clock: clock, retry: RetryPolicy(jitter: { 0 }))
    }

    var oauth: OAuthClient { OAuthClient(transport: transport, table: table, clock: clock) }

    /// Lists and looks up as the same login would in an organisation of this edition.
    func service(edition: String) -> HTTPZohoService {
        var grant = grant
        grant.edition = edition
        return HTTPZohoService(
            tokens: TokenSource(grant, store: store, oauth: oauth, clock: clock), transport: transport, version: .v8,
            progress: progress, clock: clock, retry: RetryPolicy(jitter: { 0 }))
    }

    /// Another process with the same store: its own token source and no memory of this one's.
    func anotherProcess() async throws -> TokenSource {
        let grant = try #require(await store.grant(grant.id))
        return TokenSource(grant, store: store, oauth: oauth, clock: clock)
    }

    /// Signs in at a fresh emulator, forgets the requests that took, and shuts everything down after `body`.
    static func with<Result: Sendable>(
        users: Int = 25, scopes: [String] = Emulator.announcedScopes, trace: TraceSink? = nil,
        configure: (inout EmulatorConfiguration) -> Void = { _ in }, _ body: @Sendable (Stage) async throws -> Result
    ) async throws -> Result {
        var configuration = EmulatorConfiguration()
        configuration.users = users
        configure(&configuration)
        let emulator = try await Emulator.start(configuration)
        // Time passes only where a test lets it, for Zoho as for us.
        emulator.clock.stop()
        let clock = ManualClock()
        // Beside every other test on a busy machine a reply can take long to come about.
        let transport = HTTPTransport(
            clock: clock, deadline: .seconds(3600), connecting: .seconds(110), trace: trace)
        let result: Swift.Result<Result, any Error>
        do {
            let stage = try await signedIn(emulator, transport, clock, scopes)
            result = .success(try await body(stage))
        } catch {
            result = .failure(error)
        }
        await transport.shutdown()
        await emulator.stop()
        return try result.get()
    }

    private static func signedIn(
        _ emulator: Emulator, _ transport: HTTPTransport, _ clock: ManualClock, _ scopes: [String]
    ) async throws -> Stage {
        let table = DataCentreTable(own: emulator.home)
        let signIn = SignIn(transport: transport, table: table, clock: clock, retry: RetryPolicy(jitter: { 0 }))
        let grant = try await signIn.redeem(
            code: Secret(copying: await emulator.issueGrantCode(scopes: scopes)), credentials: emulator.credentials,
            at: emulator.home)
        let store = MemoryGrantStore([grant])
        let tokens = TokenSource(
            grant, store: store, oauth: OAuthClient(transport: transport, table: table, clock: clock), clock: clock)
        emulator.forgetRequests()
        return Stage(
            emulator: emulator, transport: transport, clock: clock, store: store, grant: grant, tokens: tokens,
            table: table)
    }
}

extension Emulator {
    var home: ZoshKit.DataCentre {
        ZoshKit.DataCentre(
            code: announcement.data_centres[0].code, accounts: announcement.accounts, api: announcement.api)
    }

    var credentials: ClientCredentials {
        ClientCredentials(id: announcement.client_id, secret: Secret(copying: announcement.client_secret))
    }
}

/// The ids of rows, in order.
func ids(_ rows: [Row]) -> [String] { rows.compactMap { $0["id"]?.text } }

/// The error an action ends with; nil when it succeeds.
func zoshError(_ action: () async throws -> Void) async -> ZoshError? {
    do {
        try await action()
        return nil
    } catch {
        return error as? ZoshError
    }
}

/// How many rows the next page has; nil at the end.
func pull(_ stream: RowStream) async throws -> Int? { try await stream.next()?.count }
