import ZoshKit
import ZoshTrust

struct VaultDestroy: Command {
    let signature = Signature(
        "vault destroy", "Remove the store with everything in it", facts: [.isBesideTheWork], effect: .writesLocally)

    let vault: any VaultControl

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        // A store too damaged to be counted can be removed all the same.
        let status = try? await vault.status()
        let change = LocalChange(
            .store, action: "destroy", operation: .changeStore(.destroy),
            shown: ["connections": status?["connections"] ?? 0, "exists": false],
            blast: .irreversible)
        if let count = status?["connections"]?.integer, count > 0 {
            let what =
                count == 1
                ? "1 connection is in the store; its grant lives"
                : "\(count) connections are in the store; their grants live"
            shell.console.note("\(what) on at Zoho unless you log out first.")
        }
        return try await shell.changes.apply([change], for: call)
    }
}
