public import ZoshKit

/// The sealed store, for the module trusted with its keys. What changes who can open it or what is in it is a
/// `StoreChange` and passes the gate.
public protocol VaultControl: Sendable {
    /// path, exists, state (locked|unlocked), format, slots, connections, size.
    func status() async throws -> Row

    /// Opens the store, asking for what its slots need.
    /// - Parameter seconds: for how long later commands of this login session open it without asking; nil for the
    ///   usual time.
    func unlock(keepingFor seconds: Int64?) async throws

    /// Wipes the key, here and in the login session; connections stay closed until the next unlock.
    func lock() async throws

    /// Locks the store by itself when nothing was done for so long; nil never.
    func setAutoLock(after seconds: Int64?) async throws

    /// One row for each key that opens the store: id, kind, memory (MiB a guess takes), scrypt_n.
    func slots() async throws -> [Row]

    /// One row for each kind of record, `kind` and `intact`, and one for each `problem`, with the generation in every
    /// row.
    /// - Parameter generation: the least the store must have; a lower one is a problem, since an older copy was put
    ///   back.
    func verify(expecting generation: Int64?) async throws -> [Row]

    /// Writes what is in the store to a new file under its own passphrase; one row for each kind of record, `kind`
    /// and `exported`. Of a damaged store what is intact, and one row for each `problem` that kept the rest back.
    func export(to path: String, withGrants: Bool) async throws -> [Row]

    /// Writes a new key file, mode 0600, never over an existing one.
    func generateKeyFile(at path: String) async throws
}

/// What the gate can be asked to do with the store.
public enum StoreChange: Sendable, Hashable {
    /// Replace the passphrase.
    case passphrase
    case addSlot(NewSlot)
    /// - Parameter id: the id `vault slots list` shows, or the beginning of it.
    case removeSlot(id: String)
    /// A new data key.
    /// - Parameters:
    ///   - keyFiles: further key files that open the store afterwards.
    ///   - dropping: whether slots whose key is not presented may go.
    case rekey(keyFiles: [String], dropping: Bool)
    case importFile(path: String)
    case destroy

    public enum NewSlot: Sendable, Hashable {
        case passphrase
        case keyFile(path: String)
        /// The program `ZOSH_KEY_COMMAND` names.
        case command
    }
}
