internal import GRDB
internal import Glibc

extension VaultError {
    /// What a failure of SQLite means for the store at `path`.
    init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy("the store")
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: path)
        case .SQLITE_CORRUPT: self = .damaged("its file is corrupt")
        case .SQLITE_NOTADB: self = .foreign(path: path, "it is not an SQLite database")
        case .SQLITE_NOMEM: self = .system("reading the store", code: ENOMEM)
        case .SQLITE_IOERR, .SQLITE_CANTOPEN: self = .system("reading or writing the store", code: EIO)
        default:
            // The message names SQL and files, never bound values.
            self = .damaged("SQLite reports \(error.extendedResultCode.rawValue) (\(error.message ?? "no message"))")
        }
    }
}
