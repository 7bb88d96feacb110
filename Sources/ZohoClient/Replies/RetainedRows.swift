internal import CSimdjson
internal import ZoshKit

/// The rows of one reply, held as its text and the places of their values in it.
///
/// Immutable once made, hence safe to share across threads. What it accepts `JSONReader` accepts with the same values,
/// and it makes them with `JSONReader` wherever that takes more than a look.
final class RetainedRows: RowStorage {
    private let text: [UInt8]
    /// Freed with the storage. It is never written again.
    nonisolated(unsafe) private let page: UnsafePointer<zosh_page>

    /// The reply as a value whose rows are not made yet; nil when it is not plain or holds no list of objects.
    static func value(of text: [UInt8]) -> Value? {
        guard let page = text.withUnsafeBytes({ zosh_page_read($0.baseAddress, $0.count) }) else { return nil }
        return RetainedRows(text, page).reply
    }

    private init(_ text: [UInt8], _ page: UnsafePointer<zosh_page>) {
        self.text = text
        self.page = page
    }

    deinit { zosh_page_free(page) }

    private var reply: Value? {
        let fields = 0..<Int(page.pointee.field_count)
        let names = fields.map { string(page.pointee.field_names[$0].range) }
        let shapes = (0..<Int(page.pointee.shape_count)).map { index in
            let shape = page.pointee.shapes[index]
            let names = Int(shape.first)..<Int(shape.first + shape.count)
            return Shape(names.map { string(page.pointee.names[$0].range) })
        }
        var values: [Value] = []
        for field in fields {
            if field == Int(page.pointee.list) {
                values.append(
                    .list(
                        (0..<count).map {
                            .row(Row(shape: shapes[Int(page.pointee.rows[$0].shape)], row: $0, of: self))
                        }))
            } else {
                guard let value = value(of: page.pointee.field_values[field]) else { return nil }
                values.append(value)
            }
        }
        return .row(Row(shape: Shape(names), values: values))
    }

    var count: Int { Int(page.pointee.row_count) }

    func value(_ row: Int, _ field: Int) -> Value { value(of: piece(row, field)) ?? .null }

    func values(_ row: Int) -> [Value] {
        let shape = page.pointee.shapes[Int(page.pointee.rows[row].shape)]
        return (0..<Int(shape.count)).map { value(row, $0) }
    }

    func append(_ row: Int, to json: inout [UInt8]) -> Bool {
        let piece = page.pointee.rows[row].text
        guard piece.isSpelled else { return false }
        json.append(contentsOf: text[piece.range])
        return true
    }

    func append(_ row: Int, _ field: Int, ifScalar isScalar: Bool, to json: inout [UInt8]) -> Bool {
        let piece = piece(row, field)
        let first = text[Int(piece.start)]
        guard piece.isSpelled, !isScalar || first != UInt8(ascii: "{") && first != UInt8(ascii: "[") else {
            return false
        }
        json.append(contentsOf: text[piece.range])
        return true
    }

    func alone(_ row: Int) -> any RowStorage {
        guard count > 1 else { return self }
        let range = page.pointee.rows[row].text.range
        // A reply of this row alone; it was read as part of this one, so that only a lack of memory can refuse it.
        let text = Array("{\"rows\":[".utf8) + text[range] + Array("]}".utf8)
        guard let page = text.withUnsafeBytes({ zosh_page_read($0.baseAddress, $0.count) }) else { return self }
        return RetainedRows(text, page)
    }

    private func piece(_ row: Int, _ field: Int) -> zosh_piece {
        let row = page.pointee.rows[row]
        precondition(field < Int(page.pointee.shapes[Int(row.shape)].count), "a row has one value per name")
        return page.pointee.values[Int(row.first) + field]
    }

    private func string(_ range: Range<Int>) -> String {
        text.withUnsafeBufferPointer { String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self) }
    }

    private func value(of piece: zosh_piece) -> Value? {
        switch text[Int(piece.start)] {
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "t"): return .bool(true)
        case UInt8(ascii: "f"): return .bool(false)
        case UInt8(ascii: "\"") where !piece.isEscaped:
            return .string(string(piece.range.dropFirst().dropLast()))
        default:
            var reader = JSONReader.Lines()
            return try? reader.value(of: text[piece.range])
        }
    }
}

extension zosh_piece {
    fileprivate var isSpelled: Bool { end & UInt32(ZOSH_ODD) == 0 }
    fileprivate var isEscaped: Bool { end & UInt32(ZOSH_ESCAPED) != 0 }
    fileprivate var range: Range<Int> { Int(start)..<Int(end & ~UInt32(ZOSH_ODD | ZOSH_ESCAPED)) }
}
