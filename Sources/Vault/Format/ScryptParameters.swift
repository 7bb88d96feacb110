internal import CLibcrypto
internal import ZoshTrust

/// How much work guessing one passphrase costs.
///
/// The numbers are stored in clear beside what they protect, so they are
/// checked as integers before anything is derived: too small makes guessing
/// cheap, too large exhausts memory, of which the library learns how much it
/// may take. Nothing in commands or environment weakens them.
public struct ScryptParameters: Sendable, Equatable {
    public static let rounds: ClosedRange<Int64> = 1 << 16...1 << 20
    public static let blockSize: Int64 = 8
    public static let parallelism: Int64 = 1

    /// 128 MiB and about half a second.
    public static let standard = ScryptParameters(checkedRounds: 1 << 17)
    /// The least that is accepted: 64 MiB.
    public static let least = ScryptParameters(checkedRounds: rounds.lowerBound)

    /// N: a power of two.
    public let rounds: Int64

    public init(rounds: Int64, blockSize: Int64 = Self.blockSize, parallelism: Int64 = Self.parallelism)
        throws(VaultError)
    {
        guard Self.rounds.contains(rounds) else {
            throw .derivationParameters("N = \(rounds) is not within \(Self.rounds)")
        }
        guard rounds & (rounds - 1) == 0 else {
            throw .derivationParameters("N = \(rounds) is not a power of two")
        }
        guard blockSize == Self.blockSize, parallelism == Self.parallelism else {
            throw .derivationParameters("r = \(blockSize) and p = \(parallelism) are not 8 and 1")
        }
        self.rounds = rounds
    }

    private init(checkedRounds: Int64) { rounds = checkedRounds }

    /// The key of 32 bytes derived from a passphrase and this salt.
    func derive(from passphrase: Secret, salt: [UInt8]) throws(VaultError) -> Secret {
        guard !passphrase.isEmpty else { throw .passphrase("is empty") }
        var isDone = false
        let key = passphrase.withUnsafeBytes { bytes in
            Secret(count: 32) { key in
                guard let address = bytes.baseAddress else { return }
                isDone = zosh_scrypt(
                    address, bytes.count, salt, salt.count, UInt64(rounds), UInt64(Self.blockSize),
                    UInt64(Self.parallelism), UInt64(memory + Self.workspace), key.baseAddress!)
            }
        }
        guard isDone else { throw .derivationParameters("there is not enough memory for N = \(rounds)") }
        return key
    }

    /// Bytes a derivation may take beside its table: 128 · r for each p, and twice that for a block at work.
    private static let workspace = 128 * blockSize * (parallelism + 2)
}
