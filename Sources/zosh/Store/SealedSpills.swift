import Synchronization
import Vault
import ZoshCore
import ZoshKit

/// Overflow of `sort` and its like, in the vault's unnamed sealed files.
struct SealedSpills: SpillStore {
    func make() throws -> any Spill { try withPlainErrors { try Overflow(SealedSpill()) } }
}

private final class Overflow: Spill {
    private let spill: SealedSpill
    private let places = Mutex<[SealedSpill.Place]>([])

    init(_ spill: SealedSpill) { self.spill = spill }

    func append(_ chunk: [UInt8]) throws -> Int {
        let place = try withPlainErrors { try spill.append(chunk) }
        return places.withLock { places in
            places.append(place)
            return places.count - 1
        }
    }

    func read(_ number: Int) throws -> [UInt8] {
        let place = places.withLock { $0[number] }
        return try withPlainErrors { try spill.read(place) }
    }
}

private func withPlainErrors<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch let error as VaultError { throw ZoshError(error) }
}
