internal import FoundationEssentials
internal import GRDB

/// Columns read without trusting the file: SQLite stores any type anywhere, and
/// a damaged file does.
extension Row {
    func integer(_ column: String) throws -> Int64 {
        guard case .int64(let number)? = storage(column) else { throw wrongType(column) }
        return number
    }

    func text(_ column: String) throws -> String {
        guard case .string(let text)? = storage(column) else { throw wrongType(column) }
        return text
    }

    func blob(_ column: String) throws -> Data {
        guard case .blob(let bytes)? = storage(column) else { throw wrongType(column) }
        return bytes
    }

    func identity(_ column: String) throws -> RecordID {
        guard let id = RecordID(bytes: try blob(column)) else { throw wrongType(column) }
        return id
    }

    func recordKind(_ column: String) throws -> RecordKind {
        guard let kind = RecordKind(rawValue: try text(column)) else { throw wrongType(column) }
        return kind
    }

    private func storage(_ column: String) -> DatabaseValue.Storage? {
        let value: DatabaseValue? = self[column]
        return value?.storage
    }

    private func wrongType(_ column: String) -> VaultError {
        .damaged("a stored \(column) has the wrong type")
    }
}
