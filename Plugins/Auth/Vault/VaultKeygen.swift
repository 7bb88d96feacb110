import ZoshKit
import ZoshTrust

struct VaultKeygen: Command {
    let signature = Signature(
        "vault keygen", "Write a new key file (0600) for ZOSH_KEY_FILE", facts: [.isBesideTheWork], effect: .local
    ) {
        Argument("file", .file, "The new file; an existing one is never replaced")
    }

    let vault: any VaultControl

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let path = FilePath.resolved(try call.require("file"))
        try await vault.generateKeyFile(at: path)
        return RowStream(Columns(["file"]), rows: [["file": .string(path)]])
    }
}
