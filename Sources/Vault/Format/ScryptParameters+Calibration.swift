internal import Glibc
internal import ZoshTrust

extension ScryptParameters {
    /// How long one derivation may take where a person waits for it.
    static let patience = Duration.milliseconds(700)

    /// As costly as this machine derives within `patience`, never less than the standard: measured with one
    /// derivation, so it takes a fraction of a second.
    public static func calibrated() throws(VaultError) -> ScryptParameters {
        let start = ContinuousClock.now
        _ = try least.derive(from: .random(count: 16), salt: [UInt8](repeating: 0, count: 32))
        return fitting(leastTook: ContinuousClock.now - start, freeMemory: freeMemory)
    }

    /// - Parameters:
    ///   - leastTook: what the least parameters took here.
    ///   - freeMemory: bytes; a derivation takes 1 KiB for each round and no more than a quarter of this.
    static func fitting(leastTook: Duration, freeMemory: Int64) -> ScryptParameters {
        var rounds = standard.rounds
        while rounds * 2 <= Self.rounds.upperBound,
            leastTook * Int(rounds * 2 / least.rounds) <= patience,
            rounds * 2 * 1024 <= freeMemory / 4
        { rounds *= 2 }
        return (try? ScryptParameters(rounds: rounds)) ?? standard
    }

    private static var freeMemory: Int64 {
        Int64(sysconf(Int32(_SC_AVPHYS_PAGES))) * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// Bytes of memory one guess takes: 128 · N · r.
    public var memory: Int64 { 128 * rounds * Self.blockSize }
}
