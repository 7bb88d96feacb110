public import ZoshTrust

/// Where the key that opens the store comes from.
public enum KeySource: Sendable {
    /// What the user typed.
    case passphrase(Secret)
    /// The path of a file made by `KeyFile.generate`.
    case keyFile(String)
    /// A shell command that prints the passphrase.
    case command(String)

    var kind: SlotKind {
        switch self {
        case .passphrase: .passphrase
        case .keyFile: .keyFile
        case .command: .command
        }
    }

    /// Reads the key.
    func read() throws(VaultError) -> SlotKey {
        switch self {
        case .passphrase(let secret):
            guard !secret.isEmpty else { throw .passphrase("is empty") }
            return SlotKey(kind: kind, secret: secret)
        case .keyFile(let path):
            return SlotKey(kind: kind, secret: try KeyFile.read(at: path))
        case .command(let command):
            return SlotKey(kind: kind, secret: try KeyCommand(command: command).passphrase())
        }
    }
}
