/// Why the store, a key or one of their files could not be used.
///
/// `problem` is one sentence that is true and names no secret; `remedy` is what
/// the user can do about it, where something can be done.
public enum VaultError: Error, Sendable, Equatable {
    /// No store exists in the directory.
    case notCreated(path: String)
    /// A store exists already where one was to be created.
    case alreadyCreated(path: String)
    /// The store must be unlocked first.
    case locked
    /// The key source fits no slot of the store.
    case wrongKey
    /// The store has no slot of this kind, so no such key can open it.
    case noSlot(SlotKind)
    /// Another process changed the data key since this one unlocked.
    case rekeyed
    /// Something in the store was changed, lost or mixed by other means than zosh.
    case damaged(String)
    /// A store was there, and nothing in its file can be read any more.
    case unreadable(path: String, String)
    /// The file is not a store of zosh.
    case foreign(path: String, String)
    /// The store was written by a newer version.
    case newerFormat(found: Int, supported: Int)
    /// A file or directory is open to another user, or a link.
    case insecure(path: String, String, fix: String)
    /// A store is not allowed where it would lie, and nothing there was looked at.
    case placeRefused(String, fix: String?)
    /// SQLite's locks cannot be trusted there.
    case networkFileSystem(path: String, kind: String)
    /// Another process held a lock for too long.
    case busy(String)
    /// No space was left; nothing was changed.
    case diskFull
    /// No space was left for what a command holds beyond its memory.
    case spillFull(path: String)
    /// The file system or file cannot be written.
    case readOnly(path: String)
    /// A key file is missing, malformed or in the way.
    case keyFile(path: String, String)
    /// A file is in the way of one to be written.
    case fileExists(path: String)
    /// A file cannot be made where it is to lie.
    case folder(String)
    /// A key command failed or printed nothing usable.
    case keyCommand(String)
    /// The program that shuts a key command in is not beside zosh.
    case confineMissing
    /// The caller that waited for a key gave up.
    case interrupted
    /// Parameters of a key derivation are outside the accepted bounds.
    case derivationParameters(String)
    /// The passphrase cannot be used.
    case passphrase(String)
    /// The slot to be removed does not exist.
    case noSlotWithID(RecordID)
    /// Without its last slot nothing could open the store.
    case lastSlot
    /// Slots whose key was not presented would be lost.
    case slotsLeftOut([String])
    /// Only an unfinished item of a series can be changed.
    case notUnfinished(SeriesKind, Int)
    /// An export file is not one, is incomplete or altered, or has another passphrase.
    case export(String)
    /// A system call failed.
    case system(String, code: Int32)
}

extension VaultError: CustomStringConvertible {
    public var description: String {
        remedy.map { "\(problem); \($0)" } ?? problem
    }

    /// What is wrong, as it stands behind `zosh: `.
    public var problem: String {
        switch self {
        case .notCreated(let path): "there is no store in \(path)"
        case .alreadyCreated(let path): "\(path) already contains a store"
        case .locked: "the store is locked"
        case .wrongKey: "this key does not open the store"
        case .noSlot(let kind): "the store has no slot that a \(kind.label) could open"
        case .rekeyed: "the store was rekeyed by another process"
        case .damaged(let what): "the store is damaged: \(what)"
        case .unreadable(let path, let why): "nothing in the store \(path) can be read: \(why)"
        case .foreign(let path, let why): "\(path) is not a store of zosh: \(why)"
        case .newerFormat(let found, let supported):
            "the store has format \(found), written by a newer zosh; this one knows up to \(supported)"
        case .insecure(let path, let why, _): "\(path) \(why), so it is not used"
        case .placeRefused(let why, _): why
        case .networkFileSystem(let path, let kind):
            "\(path) lies on a network file system (\(kind)), where locks cannot be trusted"
        case .busy(let what): "\(what) was held by another process for too long"
        case .diskFull: "no space is left for the store"
        case .spillFull(let path): "no space is left in \(path) for rows that do not fit in memory"
        case .readOnly(let path): "\(path) cannot be written"
        case .keyFile(let path, let why): "the key file \(path) \(why)"
        case .fileExists(let path): "\(path) already exists"
        case .folder(let problem): problem
        case .keyCommand(let why): "the key command \(why)"
        case .confineMissing: "the key command is not run: zosh-confine is missing beside zosh"
        case .interrupted: "the wait for a key was interrupted"
        case .derivationParameters(let why): "the key derivation is refused: \(why)"
        case .passphrase(let why): "the passphrase \(why)"
        case .noSlotWithID(let id): "the store has no slot \(id)"
        case .lastSlot: "this is the only key of the store"
        case .slotsLeftOut(let ids):
            "the new key would leave out \(ids.count == 1 ? "the slot" : "the slots") "
                + "\(ids.map { String($0.prefix(8)) }.joined(separator: ", "))"
        case .notUnfinished(let kind, let number): "no unfinished \(kind.rawValue) has the number \(number)"
        case .export(let why): "the export \(why)"
        case .system(let what, let code): "\(what) failed: \(systemMessage(code))"
        }
    }

    /// What follows from it.
    public var consequence: String? { if case .diskFull = self { "nothing was changed" } else { nil } }

    /// What the user can do about it, as it stands behind `hint: `.
    public var remedy: String? {
        switch self {
        case .notCreated: "create it: auth login, or vault import FILE"
        case .alreadyCreated: "use it, or choose another place with ZOSH_HOME"
        case .locked: "vault unlock"
        case .wrongKey: "check the passphrase, ZOSH_KEY_FILE or ZOSH_KEY_COMMAND"
        case .noSlot: "list the keys: vault slots list"
        case .rekeyed: "vault unlock"
        case .damaged: "list what is intact: vault verify; then put a copy or an export in its place"
        case .unreadable:
            "put a copy in its place, or start again: vault destroy, then vault import FILE or auth login"
        case .foreign: "move the file away, or choose another place with ZOSH_HOME"
        case .newerFormat: "use the newer zosh"
        case .insecure(_, _, let fix): fix
        case .placeRefused(_, let fix): fix
        case .networkFileSystem: "set ZOSH_HOME to a directory on a local disk"
        case .busy: "try again when the other process is done"
        case .diskFull: "free some space"
        case .spillFull: "free some space there, or set TMPDIR to a directory with more"
        case .readOnly: "make it writable, or choose another place (for the store with ZOSH_HOME)"
        case .keyFile: "make one: vault keygen FILE"
        case .fileExists: "name another file, or move that one away"
        case .folder: "make the folder first, or name a file in another one"
        case .confineMissing: "put zosh-confine, built with zosh, into the same directory"
        case .keyCommand: "ZOSH_KEY_COMMAND must print the passphrase as one line and exit 0"
        case .noSlotWithID: "list them: vault slots list"
        case .lastSlot: "add another key first: vault slots add passphrase; or remove the store: vault destroy"
        case .slotsLeftOut: "give their keys too, or add --drop to remove them"
        case .notUnfinished, .interrupted, .passphrase, .derivationParameters, .export, .system: nil
        }
    }
}
