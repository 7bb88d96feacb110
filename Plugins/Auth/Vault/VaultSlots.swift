import ZoshKit
import ZoshTrust

struct VaultSlotsList: Command {
    let signature = Signature(
        "vault slots list", "List the keys that open the store", facts: [.isBesideTheWork], effect: .local)

    let vault: any VaultControl

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        RowStream(Columns(["id", "kind", "guess_memory_mib", "scrypt_n"]), rows: try await vault.slots())
    }
}

struct VaultSlotsAdd: Command {
    let signature = Signature(
        "vault slots add", "Add a key to the store", facts: [.isBesideTheWork], effect: .writesLocally
    ) {
        Argument(
            "key", .choice(["passphrase", "key-file", "command"]),
            "A passphrase you type, a key file, or what ZOSH_KEY_COMMAND prints")
        Argument("file", .file, .optional, "The key file (`vault keygen FILE` makes one)")
    }

    let examples = [Example("vault slots add key-file ~/cron.key", "so that cron can open the store too")]

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let kind: String = try call.require("key")
        let given: String? = try call["file"]
        let file = given.map(FilePath.resolved)
        guard (kind == "key-file") == (file != nil) else {
            throw ZoshError(
                .usage, "'\(kind)' \(kind == "key-file" ? "needs" : "does not take") a file", at: call.span,
                remedy: kind == "key-file" ? "vault slots add key-file FILE" : "vault slots add \(kind)")
        }
        let slot: StoreChange.NewSlot = kind == "passphrase" ? .passphrase : file.map { .keyFile(path: $0) } ?? .command
        let change = LocalChange(
            .store, action: "add a \(kind)", operation: .changeStore(.addSlot(slot)),
            blast: .harmless)
        return try await shell.changes.apply([change], for: call)
    }
}

struct VaultSlotsRemove: Command {
    let signature = Signature(
        "vault slots remove", "Remove a key from the store", facts: [.isBesideTheWork], effect: .writesLocally
    ) {
        Argument("id", .string, "The slot's id, or its beginning: vault slots list")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let id: String = try call.require("id")
        let change = LocalChange(
            .store, action: "remove the key \(id)", operation: .changeStore(.removeSlot(id: id)),
            blast: .access)
        return try await shell.changes.apply([change], for: call)
    }
}
