import ZoshKit
import ZoshTrust

struct VaultPassphrase: Command {
    let signature = Signature(
        "vault passphrase", "Change the passphrase", facts: [.isBesideTheWork], effect: .writesLocally)

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let change = LocalChange(
            .store, action: "change the passphrase", operation: .changeStore(.passphrase),
            blast: .harmless)
        return try await shell.changes.apply([change], for: call)
    }
}
