import ZoshKit
import ZoshTrust

struct VaultRekey: Command {
    let signature = Signature(
        "vault rekey", "Re-encrypt with a new key so that old keys and copies cannot read new data",
        facts: [.isBesideTheWork],
        effect: .writesLocally
    ) {
        Option("key-file", .list(.file), "Key files that open the store afterwards, beside ZOSH_KEY_FILE")
        Flag("drop", "Remove the slots whose key is not presented")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let files = call.values("key-file").map { FilePath.resolved($0.text) }
        let change = LocalChange(
            .store, action: "rekey", operation: .changeStore(.rekey(keyFiles: files, dropping: call.flag("drop"))),
            blast: .access)
        return try await shell.changes.apply([change], for: call)
    }
}
