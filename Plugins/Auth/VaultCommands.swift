import ZoshKit

struct VaultStatus: Command {
    let signature = Signature("vault status", "Show how the store is kept and whether it is open", effect: .local)

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let row = try await shell.vault.status()
        return RowStream(Columns(row.names.map { FieldPath($0) }, card: true), rows: [row])
    }
}

struct VaultUnlock: Command {
    let signature = Signature("vault unlock", "Open the store", effect: .local)

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        try await shell.vault.unlock()
        return .none
    }
}

struct VaultLock: Command {
    let signature = Signature("vault lock", "Close the store and wipe its key from memory", effect: .local)

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        try await shell.vault.lock()
        return .none
    }
}

struct VaultKeygen: Command {
    let signature = Signature("vault keygen", "Write a new key file (0600) for ZOSH_KEY_FILE", effect: .local) {
        Argument("file", .file, "Where; never over an existing file")
    }

    func run(_ call: Call, in shell: ShellContext) async throws -> RowStream {
        let path: String = try call.require("file")
        try await shell.vault.generateKeyFile(at: path)
        return RowStream(Columns(["file"]), rows: [["file": .string(path)]])
    }
}
