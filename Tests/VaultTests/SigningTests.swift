import Testing
import ZoshTrust

@testable import Vault

/// Ed25519, and the key a store signs with.
struct SigningTests {
    /// RFC 8032, section 7.1, tests 2 and 3.
    @Test(
        "the vectors of RFC 8032",
        arguments: [
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                    + "387b2eaeb4302aeeb00d291612bb0c00"
            ),
            (
                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                    + "4a7c15e9716ed28dc027beceea1ec40a"
            ),
        ])
    func vectors(seed: String, publicKey: String, message: String, signature: String) throws {
        let secret = Secret(try #require(Hexadecimal.decode(seed)))
        let message = try #require(Hexadecimal.decode(message))
        #expect(Hexadecimal.encode(Ed25519.publicKey(of: secret)) == publicKey)
        #expect(Hexadecimal.encode(Ed25519.sign(message, with: secret)) == signature)
        #expect(SealedStore.isSignature(signature, of: message, by: publicKey))
        #expect(!SealedStore.isSignature(signature, of: message + [0], by: publicKey))
        let sound = Array(signature.utf8)
        for place in sound.indices {
            var broken = sound
            broken[place] = broken[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            #expect(!SealedStore.isSignature(String(decoding: broken, as: UTF8.self), of: message, by: publicKey))
        }
        #expect(!SealedStore.isSignature(String(signature.dropLast(2)), of: message, by: publicKey))
        #expect(!SealedStore.isSignature(signature, of: message, by: String(repeating: "0", count: 62)))
        #expect(!SealedStore.isSignature("", of: message, by: ""))
    }

    @Test("a store has one key, which stays, also when everything is sealed again")
    func oneKey() async throws {
        let place = try Place()
        let store = try await place.makeStore()
        let key = try await store.signingKey()
        #expect(try await store.signingKey() == key)
        let signature = try await store.sign([1, 2, 3])
        #expect(SealedStore.isSignature(signature, of: [1, 2, 3], by: key))
        let seal = try await store.planSeal(over: "digest")
        #expect(try await store.isPlanSeal(seal, over: "digest"))
        #expect(try await !store.isPlanSeal(seal, over: "digess"))
        #expect(try await !store.isPlanSeal("", over: "digest"))
        _ = try await store.rekey(keeping: [.keyFile(place.keyFile)])
        #expect(try await store.signingKey() == key)
        // A plan that lies outside is sealed with what there was before.
        #expect(try await !store.isPlanSeal(seal, over: "digest"))
        let other = try Place()
        let others = try await other.makeStore()
        #expect(try await others.signingKey() != key)
        #expect(try await others.planSeal(over: "digest") != seal)
    }
}
