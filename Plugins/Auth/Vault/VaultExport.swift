import ZoshKit
import ZoshTrust

struct VaultExport: Command {
    let signature = Signature(
        "vault export", "Write what is in the store to a file sealed with a separate passphrase",
        facts: [.isBesideTheWork], effect: .local
    ) {
        Argument("file", .file, "The new file; an existing one is never replaced")
        Flag("with-grants", "Include tokens and client secrets: file and passphrase together are then a login")
    }

    let vault: any VaultControl

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let withGrants = call.flag("with-grants")
        let rows = try await vault.export(to: FilePath.resolved(try call.require("file")), withGrants: withGrants)
        var outcome = RowOutcome()
        if !withGrants { outcome.notes = ["Grants were not exported; to include them, add --with-grants"] }
        let problems = rows.compactMap { $0["problem"]?.string }
        guard !problems.isEmpty else { return RowStream(Columns(["kind", "exported"]), rows: rows, outcome: outcome) }
        outcome.failed = problems.count
        outcome.notes.append(
            "Damaged records were left out; to rebuild the store without them: vault destroy, then vault import FILE"
        )
        return RowStream(Columns(["kind", "exported", "problem"]), rows: rows, outcome: outcome)
    }
}

struct VaultImport: Command {
    let signature = Signature(
        "vault import", "Add what an export has and the store lacks", facts: [.isBesideTheWork],
        effect: .writesLocally
    ) {
        Argument("file", .file, "What vault export wrote")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let path = FilePath.resolved(try call.require("file"))
        let change = LocalChange(
            .store, action: "import \(path)", operation: .changeStore(.importFile(path: path)),
            blast: .harmless)
        return try await shell.changes.apply([change], for: call)
    }
}
