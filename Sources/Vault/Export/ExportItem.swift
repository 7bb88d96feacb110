internal import ZoshTrust

/// One thing in an export: a record, an entry of a log, or a part of an item of a series.
///
/// Written as four fields (length and bytes each): the form, the kind, the id, the body. The id is the record's, the
/// log's stream, or the number of an item and of its piece.
struct ExportItem {
    enum Form: String {
        case record, entry
        /// The header of an item of a series, by whether that item has come to its end. Its pieces follow it.
        case finished, unfinished
        /// Entries of such an item, as they were appended.
        case piece
    }

    let form: Form
    let kind: RecordKind
    let id: RecordID
    let body: Secret

    func append(to bytes: inout [UInt8]) {
        var fields = Fields()
        fields.append(form.rawValue)
        fields.append(kind.rawValue)
        fields.append(id.bytes)
        body.withUnsafeBytes { fields.append($0) }
        bytes += fields.bytes
    }

    /// All items in `bytes`, nil unless they are exactly items.
    static func all(in bytes: [UInt8]) -> [ExportItem]? {
        var reader = FieldReader(bytes)
        var items: [ExportItem] = []
        while !reader.isAtEnd {
            guard let form = reader.next().flatMap({ Form(rawValue: String(decoding: $0, as: UTF8.self)) }),
                let kind = reader.next().flatMap({ RecordKind(rawValue: String(decoding: $0, as: UTF8.self)) }),
                let id = reader.next().flatMap({ RecordID(bytes: $0) }),
                let body = reader.next()
            else { return nil }
            items.append(ExportItem(form: form, kind: kind, id: id, body: Secret(body, locked: kind.holdsSecrets)))
        }
        return items
    }
}
