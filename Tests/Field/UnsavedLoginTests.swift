import Foundation
import Synchronization
import Testing
import Vault
import ZohoClient
import ZohoEmulator
import ZoshCore
import ZoshKit
import ZoshTesting
import ZoshTrust

@testable import zosh

/// A login that Zoho has granted and that cannot be kept: the code is spent, and the grant must not live on unseen.
@Suite("A login on a full disk")
struct UnsavedLoginTests {
    /// A store that can be read and not written.
    private struct FullDisk: GrantStore {
        let store: any GrantStore

        func grant(_ id: Grant.ID) async throws -> Grant? { try await store.grant(id) }
        func grants() async throws -> [Grant] { try await store.grants() }
        func save(_ grant: Grant) async throws {
            throw ZoshError(.local, "the disk is full", remedy: "auth login again")
        }
        func remove(_ id: Grant.ID) async throws { try await store.remove(id) }
        func withRefreshLock<Result: Sendable>(
            _ id: Grant.ID, _ body: @escaping @Sendable () async throws -> Result
        ) async throws -> Result { try await store.withRefreshLock(id, body) }
    }

    private struct Silent: SecretPrompt {
        func note(_ text: String) {}
        func ask(_ prompt: String) async throws -> String { throw ZoshError(.cancelled, "not asked") }
        func askSecret(_ prompt: String) async throws -> Secret { throw ZoshError(.cancelled, "not asked") }
        func confirm(_ question: ZoshKit.Confirmation) async throws -> Bool { true }
    }

    private final class Nowhere: ByteSink {
        func write(_ more: [UInt8]) async throws {}
    }

    /// What signing in ends with when nothing can be written any more, and how many refresh tokens live on at Zoho.
    private func ending(
        _ proof: (Emulator) async -> LoginProof, _ way: LoginWay, isRevocable: Bool = true
    ) async throws -> (error: ZoshError?, alive: Int) {
        let home = FileManager.default.temporaryDirectory.appending(path: "zosh-full-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        let emulator = try await Emulator.start(EmulatorConfiguration())
        let keyFile = home.appending(path: "key").path
        try KeyFile.generate(at: keyFile)
        var settings = Settings()
        settings.clientID = emulator.announcement.client_id
        settings.clientSecret = Secret(copying: emulator.announcement.client_secret)
        settings.ownAccounts = emulator.announcement.accounts
        settings.ownAPI = emulator.announcement.api
        settings.keyFile = keyFile
        settings.home = home.appending(path: "home").path
        let engine = try Engine(
            Engine.Surroundings(
                settings: settings, narrator: Narrator(isTerminal: false, write: { _ in }), console: Silent(),
                canAsk: false, output: Nowhere(),
                target: { OutputTarget(isTerminal: false, width: 80, colour: false, utf8: true) }),
            places: Places(home: settings.home) { _ in nil })
        var admin = engine.connectionAdmin
        admin.login.store = FullDisk(store: admin.store)
        let request = SignInRequest(
            LoginOptions(name: "acme", isYes: true), way: way, client: nil, dataCentre: nil,
            proof: await proof(emulator))
        if !isRevocable { for _ in 0..<4 { emulator.script(500, "{}", for: .revoke) } }
        let result = await admin.reporting { try await $0.signIn(request) }
        let alive = await emulator.liveTokens.refresh
        await engine.close()
        await emulator.stop()
        guard case .failed(let error) = result else { return (nil, alive) }
        return (error, alive)
    }

    @Test(
        "Says that the code is spent and ends the grant, whichever way the login came",
        arguments: [LoginWay.selfClient, .browser])
    func code(_ way: LoginWay) async throws {
        let (error, alive) = try await ending(
            { .code(Secret(copying: $0.announcement.grant_code), redirectURI: nil, verifier: nil) }, way)
        #expect(error?.problem.contains("the disk is full") == true)
        #expect(error?.problem.contains("was ended at Zoho") == true)
        #expect(error?.remedy?.contains("the code is spent") == true)
        #expect(alive == 0)
    }

    @Test("Says so too when the grant could not be ended")
    func unended() async throws {
        let (error, alive) = try await ending(
            { .code(Secret(copying: $0.announcement.grant_code), redirectURI: nil, verifier: nil) }, .selfClient,
            isRevocable: false)
        #expect(error?.problem.contains("could not be ended") == true)
        #expect(error?.problem.contains("Connected Apps") == true)
        #expect(alive == 1)
    }
}
