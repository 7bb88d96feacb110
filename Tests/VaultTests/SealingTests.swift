internal import CLibcrypto
internal import Foundation
internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// What libcrypto does for us. Known answers are in `VectorTests` and `ScryptTests`.
@Suite struct SealingTests {
    private let key = Secret(0..<32)

    @Test(arguments: [0, 1, 16, 70_000])
    func `opens what it sealed, as bytes and as a secret`(count: Int) throws {
        let text = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let sealed = try AEAD.seal(text.span.bytes, under: key, authenticating: [1])
        #expect(sealed.count == count + AEAD.overhead)
        #expect(try AEAD.open(sealed.span.bytes, under: key, authenticating: [1]) == text)
        let secret = try #require(try AEAD.openSecret(sealed.span.bytes, under: key, authenticating: [1]))
        #expect(secret.matches(text))
    }

    @Test(arguments: [0, 3])
    func `opens nothing that differs in a bit, is cut, or has another key or other associated data`(count: Int) throws {
        let text = [UInt8](repeating: 7, count: count)
        let sealed = try AEAD.seal(text.span.bytes, under: key, authenticating: [1])
        func opens(_ sealed: [UInt8], _ key: Secret, _ associated: [UInt8] = [1]) throws -> Bool {
            let bytes = try AEAD.open(sealed.span.bytes, under: key, authenticating: associated)
            let secret = try AEAD.openSecret(sealed.span.bytes, under: key, authenticating: associated)
            #expect((bytes == nil) == (secret == nil))
            return bytes != nil
        }
        #expect(try opens(sealed, key))
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(try !opens(changed, key), "byte \(place)")
        }
        for length in 0..<sealed.count { #expect(try !opens(Array(sealed.prefix(length)), key), "\(length) bytes") }
        #expect(try !opens(sealed, Secret(1..<33)))
        #expect(try !opens(sealed, key, [2]))
        #expect(try !opens(sealed, key, []))
    }

    @Test func `a nonce is not used twice`() throws {
        let nonces = try (0..<100).map { _ in
            Array(try AEAD.seal([UInt8]().span.bytes, under: key, authenticating: []).prefix(AEAD.nonceCount))
        }
        #expect(Set(nonces).count == 100)
    }

    @Test func `pieces give the digest of the whole`() {
        let bytes = Array(0..<200 as Range<UInt8>)
        var hash = SHA256()
        var hmac = HMAC(key: key)
        for start in stride(from: 0, to: 200, by: 40) {
            hash.update(bytes[start..<start + 40])
            hmac.update(bytes[start..<start + 40])
        }
        hash.update([])
        hmac.update([])
        #expect(hash.finish() == SHA256.hash(bytes))
        #expect(hmac.finish() == HMAC.code(of: bytes, under: key))
    }

    @Test func `scrypt takes no more memory than it is allowed`() {
        var output = [UInt8](repeating: 1, count: 32)
        let needed: UInt64 = 128 * 8 * (16 + 3)
        #expect(zosh_scrypt("p", 1, "salt", 4, 16, 8, 1, needed, &output))
        #expect(!zosh_scrypt("p", 1, "salt", 4, 16, 8, 1, needed - 1, &output))
        #expect(output == [UInt8](repeating: 0, count: 32))
    }

    /// With this file a program that uses the library's settings has no algorithm at all.
    @Test("openssl-conf-changes-algorithms")
    func settings() async throws {
        let path = try Place().path + "/openssl.cnf"
        try Data(
            """
            openssl_conf = all
            [all]
            alg_section = properties
            [properties]
            default_properties = "provider=none"

            """.utf8
        ).write(to: URL(fileURLWithPath: path))
        await #expect(processExitsWith: .success) { [path = path as String] in
            setenv("OPENSSL_CONF", path, 1)
            let key = Secret(0..<32)
            let text: [UInt8] = [1, 2, 3]
            let sealed = try AEAD.seal(text.span.bytes, under: key, authenticating: [])
            #expect(try AEAD.open(sealed.span.bytes, under: key, authenticating: []) == text)
            #expect(SHA256.hash([]).prefix(2) == [0xe3, 0xb0])
        }
    }
}
