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
                ? "The store has 1 connection, whose grant stays valid at Zoho; to revoke it first:"
                : "The store has \(count) connections, whose grants stay valid at Zoho; to revoke one first:"
            shell.console.note("\(what) auth logout NAME")
        }
        return try await shell.changes.apply([change], for: call)
    }
}
