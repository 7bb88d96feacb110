internal import Testing
internal import ZoshTrust

@testable internal import Vault

@Suite struct ScryptTests {
    @Test(arguments: [1 << 16, 1 << 17, 1 << 20] as [Int64])
    func `parameters within the bounds are accepted`(rounds: Int64) throws {
        #expect(try ScryptParameters(rounds: rounds).rounds == rounds)
    }

    @Test(
        arguments: [
            (1 << 15, 8, 1), (1 << 21, 8, 1), ((1 << 17) + 1, 8, 1), (0, 8, 1), (-1, 8, 1), (.max, 8, 1), (.min, 8, 1),
            (1 << 17, 32, 1), (1 << 17, 0, 1), (1 << 17, 8, 0), (1 << 17, 8, 2), (1 << 17, .max, .max),
        ] as [(Int64, Int64, Int64)])
    func `all others are refused`(rounds: Int64, blockSize: Int64, parallelism: Int64) {
        #expect(throws: VaultError.self) {
            try ScryptParameters(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        }
    }

    @Test func `a derivation gives the key that others compute`() throws {
        // hashlib.scrypt(b"correct horse", salt=b"salt"*8, n=65536, r=8, p=1, dklen=32)
        let key = try ScryptParameters.least.derive(
            from: Secret(copying: "correct horse"), salt: Array("saltsaltsaltsaltsaltsaltsaltsalt".utf8))
        #expect(
            key.withUnsafeBytes { Hexadecimal.encode($0) }
                == "8dbb00ed1071c584ef88eded3ac71447126fd05b534edfa1ef3665e67c11a8ee")
    }

    @Test(
        arguments: [
            (1000, 64 << 30, 1 << 17), (175, 64 << 30, 1 << 18), (176, 64 << 30, 1 << 17), (87, 64 << 30, 1 << 19),
            (1, 64 << 30, 1 << 20), (1, 4 << 30, 1 << 20), (1, 1 << 30, 1 << 18), (1, 0, 1 << 17), (1, -1, 1 << 17),
        ] as [(Int, Int64, Int64)])
    func `a faster machine with memory to spare gets a costlier derivation`(
        milliseconds: Int, free: Int64, rounds: Int64
    ) {
        #expect(ScryptParameters.fitting(leastTook: .milliseconds(milliseconds), freeMemory: free).rounds == rounds)
    }

    @Test func `calibration gives at least the standard`() throws {
        #expect(try ScryptParameters.calibrated().rounds >= ScryptParameters.standard.rounds)
        #expect(ScryptParameters.standard.memory == 128 << 20)
    }
}
