import ZoshKit
import ZoshTrust

struct VaultStatus: Command {
    let signature = Signature(
        "vault status", "Show where the store is, what it contains and whether it is open", facts: [.isBesideTheWork],
        effect: .local)

    let vault: any VaultControl

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let row = try await vault.status()
        return RowStream(Columns(row.names.map { FieldPath($0) }, card: true), rows: [row])
    }
}
