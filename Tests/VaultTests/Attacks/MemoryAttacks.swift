internal import Foundation
internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct MemoryAttacks {
    /// In a process of its own, whose memory nothing else writes to.
    @Test func `memory-positive-control`() async throws {
        let path = try Place().path
        await #expect(processExitsWith: .success) { [path = path as String] in
            let (token, passphrase) = (Needle.random(count: 40), Needle.random(count: 24))
            let store = SealedStore(at: path + "/store")
            let dataKey = try await use(store, token: token, passphrase: passphrase)
            #expect(dataKey.occurrences() > 0, "positive control: still unlocked")

            await store.lock()
            #expect(token.occurrences() == 0)
            #expect(dataKey.occurrences() == 0)
            #expect(passphrase.occurrences() == 0)
        }
    }
}

/// A session's worth of work with both secrets; returns what to look for of the key.
private func use(_ store: SealedStore, token: Needle, passphrase: Needle) async throws -> Needle {
    let typed = Secret(count: 24) { passphrase.reveal(into: $0) }
    #expect(passphrase.occurrences() > 0, "positive control")
    try await store.create(with: .passphrase(typed), scrypt: .least)
    typed.wipe()
    try await store.write { try $0.add(.grant, Secret(count: 40) { token.reveal(into: $0) }) }
    let record = try #require(try await store.read(.grant).first)
    // What a request does: a copy on the ordinary heap, given back unwiped.
    record.body.withUnsafeBytes { bytes in
        let header = [UInt8]("Authorization: Zoho-oauthtoken ".utf8) + bytes
        #expect(header.count > bytes.count)
        #expect(token.occurrences() > 1, "positive control: in the secret and on the heap")
    }
    let key = try #require(await store.key)
    return key.secret.withUnsafeBytes { Needle(of: $0) }
}
