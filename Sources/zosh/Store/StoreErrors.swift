import Vault
import ZoshKit

/// Runs a call of the store, its errors in the shell's own words.
func mapped<T: Sendable>(isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> T) async throws -> T
{
    do { return try await body() } catch let error as VaultError { throw ZoshError(error) }
}

extension ZoshError {
    /// The store's own words, under the exit status they mean: 4 when a key is missing, 1 for everything else.
    init(_ error: VaultError) {
        let kind: Kind =
            switch error {
            case .notCreated, .locked, .wrongKey, .noSlot, .rekeyed, .keyFile, .keyCommand, .confineMissing:
                .auth
            case .interrupted: .cancelled
            default: .local
            }
        self.init(kind, error.problem, consequence: error.consequence, remedy: error.remedy)
    }
}
