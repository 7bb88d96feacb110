internal import ZoshKit

/// One thing in an export: a record, or an entry of a log.
///
/// Written as four fields (length and bytes each): `record` or `entry`, the
/// kind, the record's id or the log's stream, the body.
struct ExportItem {
    enum Form: String { case record, entry }

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
        var rest = bytes[...]
        var items: [ExportItem] = []
        while !rest.isEmpty {
            guard let form = field(&rest).flatMap({ Form(rawValue: String(decoding: $0, as: UTF8.self)) }),
                let kind = field(&rest).flatMap({ RecordKind(rawValue: String(decoding: $0, as: UTF8.self)) }),
                let id = field(&rest).flatMap({ RecordID(bytes: $0) }),
                let body = field(&rest)
            else { return nil }
            items.append(ExportItem(form: form, kind: kind, id: id, body: Secret(body, locked: kind.holdsSecrets)))
        }
        return items
    }

    private static func field(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard rest.count >= 4 else { return nil }
        let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        let field = rest.dropFirst(4).prefix(length)
        guard field.count == length else { return nil }
        rest = rest.dropFirst(4 + length)
        return field
    }
}
